def not_after(moment: pl.Series, other: pl.Series) -> pl.Series:
    """The moments, or the others where those are earlier."""
    return if_else(moment > other.cast(moment.dtype), other.cast(moment.dtype), moment)
