def as_text(values: pl.Series) -> pl.Series:
    """Values as text."""
    return values.cast(pl.String)
