def text_series(values: Iterable[str]) -> pd.Series:
    """Texts as a Series."""
    return pd.Series(list(values), dtype=TEXT)
