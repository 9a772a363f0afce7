def null_where(values: pd.Series, null: np.ndarray) -> pd.Series:
    """The values, with null where `null` is true."""
    nullable = {
        "bool": pd.BooleanDtype(),
        "int64": pd.Int64Dtype(),
        "float64": pd.Float64Dtype(),
    }
    return values.astype(nullable.get(str(values.dtype), values.dtype)).mask(null)
