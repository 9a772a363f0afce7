def as_floats(numbers: object) -> np.ndarray:
    """Numbers as floats; NaN for null. A single number is an array of one."""
    return as_series(numbers).cast(pl.Float64).to_numpy()
