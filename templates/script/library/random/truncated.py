def truncated(
    u: np.ndarray,
    quantile: Quantile,
    minimum: float = -np.inf,
    maximum: float = np.inf,
    **parameters: float,
) -> np.ndarray:
    """Values of a distribution truncated to the range from minimum to maximum."""
    low, high = draws_within(quantile, minimum, maximum, **parameters)
    values = quantile((low + u * (high - low)) / 2**53, **parameters)
    return np.clip(values, minimum, maximum)
