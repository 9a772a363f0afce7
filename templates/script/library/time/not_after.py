def not_after(moment: pl.Series, other: pl.Series) -> pl.Series:
    """The moments, or `other` where it is earlier, as no volume may come before it."""
    other = as_type_of(other, moment)
    return if_else(moment > other, other, moment)
