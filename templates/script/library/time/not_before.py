def not_before(moment: pl.Series, other: pl.Series) -> pl.Series:
    """The moments, or the others where those are later: a still time leaves no room."""
    return if_else(moment < other.cast(moment.dtype), other.cast(moment.dtype), moment)
