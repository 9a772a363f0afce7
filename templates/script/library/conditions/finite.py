def finite(numbers: pl.Series) -> pl.Series:
    """The numbers, with null for infinity and NaN, as after a division by zero."""
    return pl.select(pl.when(numbers.is_finite()).then(numbers)).to_series()
