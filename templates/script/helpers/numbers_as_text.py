def numbers_as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with their numbers in plain digits; whole ones are so anyway."""
    numbers = frame.select(pl.col(pl.Float64))
    return frame.with_columns(map(number_text, numbers))
