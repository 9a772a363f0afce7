def text_series(values: Iterable[str]) -> pl.Series:
    """Texts as a Series."""
    return pl.Series(list(values), dtype=pl.String)
