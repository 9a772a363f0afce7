def finite(numbers: pl.Series) -> pl.Series:
    """The numbers, with null for what a division by zero or the like has left undefined."""
    return pl.select(pl.when(numbers.is_finite()).then(numbers)).to_series()
