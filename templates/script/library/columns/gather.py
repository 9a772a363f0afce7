def gather(values: pl.Series, index: np.ndarray) -> pl.Series:
    """The values at these positions."""
    return values[index]
