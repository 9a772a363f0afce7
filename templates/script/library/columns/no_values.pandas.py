def no_values(values: pd.Series, size: int) -> pd.Series:
    """So many nulls of the type of a Series."""
    return null_where(values.iloc[:0], np.zeros(0, bool)).reindex(range(size))
