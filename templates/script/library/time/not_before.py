def not_before(moment: pl.Series, other: pl.Series) -> pl.Series:
    """The moments, or `other` where it is later, as no volume may come after it."""
    other = as_type_of(other, moment)
    return if_else(moment < other, other, moment)
