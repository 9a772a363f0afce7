def divided(number: pl.Series, divisor: pl.Series | float) -> pl.Series:
    """Exact quotients by one number: polars would multiply by its rounded inverse."""
    one = divisor if isinstance(divisor, pl.Series) else pl.Series([float(divisor)])
    return number / one.new_from_index(0, len(number))
