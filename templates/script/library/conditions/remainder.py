def remainder(number: pl.Series, divisor: pl.Series | float) -> pl.Series:
    """The remainder of a division by one number."""
    return number - divisor * divided(number, divisor).floor()
