def safe_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows whose texts no spreadsheet takes for formulas: an apostrophe is before them."""
    return frame.with_columns(pl.col(pl.String).str.replace(r"^[=+\-@\t\r]", "'${0}"))
