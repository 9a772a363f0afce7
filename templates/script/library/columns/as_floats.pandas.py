def as_floats(numbers: Any) -> np.ndarray:
    """Numbers as floats; NaN for null. A single number is an array of one."""
    return as_series(numbers, 1).to_numpy(float, na_value=np.nan)
