def concat(parts: Iterable[pd.Series]) -> pd.Series:
    """Series, one after the other."""
    return pd.concat(parts, ignore_index=True)
