def safe_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with an apostrophe before texts that a spreadsheet would run as formulas."""
    return frame.with_columns(pl.col(pl.String).str.replace(r"^[=+\-@\t\r]", "'${0}"))
