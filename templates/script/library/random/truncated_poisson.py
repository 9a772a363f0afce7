def truncated_poisson(
    u: np.ndarray, mean: float, minimum: float, maximum: float
) -> np.ndarray:
    """Poisson, truncated to minimum ... maximum; mean is the mean after truncation."""
    cumulative = poisson_with_mean(mean, minimum, maximum)
    index = np.searchsorted(cumulative, u, side="right")
    return minimum + np.minimum(index, maximum - minimum)
