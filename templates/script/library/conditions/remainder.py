def remainder(number: pl.Series, by: pl.Series | float) -> pl.Series:
    """What a division by one number leaves."""
    return number - by * divided(number, by).floor()
