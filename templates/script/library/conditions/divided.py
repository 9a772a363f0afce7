def divided(number: pl.Series, by: pl.Series | float) -> pl.Series:
    """Quotients by one number, to the last digit: polars itself multiplies with its inverse."""
    one = by if isinstance(by, pl.Series) else pl.Series([float(by)])
    return number / one.new_from_index(0, len(number))
