def without_nulls(numbers: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The numbers, with 0 for null, and where they are null."""
    dtype = "float64" if pd.api.types.is_float_dtype(numbers.dtype) else "int64"
    return numbers.fillna(0).to_numpy(dtype), numbers.isna().to_numpy()
