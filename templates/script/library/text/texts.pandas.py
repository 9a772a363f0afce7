def texts(values: Iterable[str]) -> pd.Series:
    """Texts as a Series."""
    return pd.Series(list(values), dtype=TEXT)
