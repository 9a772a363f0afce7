def as_type_of(moment: pl.Series, other: pl.Series) -> pl.Series:
    """Moments as days if the others are days, else as timestamps."""
    return moment.cast(other.dtype)
