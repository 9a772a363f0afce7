def concat(parts: Iterable[pl.Series]) -> pl.Series:
    """Series, one after the other."""
    return pl.concat(parts, rechunk=True)
