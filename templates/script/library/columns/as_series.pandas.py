def as_series(value: Any, rows: int) -> pd.Series:
    """A single value repeated in all rows; a Series unchanged."""
    if isinstance(value, pd.Series | np.ndarray):
        return pd.Series(value)
    dtypes: dict[type, Any] = {
        bool: "bool",
        int: "int64",
        float: "float64",
        str: TEXT,
        pd.Timestamp: "datetime64[s]",
        datetime: "datetime64[us, UTC]",
    }
    return pd.Series(value, index=range(rows), dtype=dtypes[type(value)])
