def log_quantiles(
    u: np.ndarray, shares: Sequence[float], values: Sequence[float]
) -> np.ndarray:
    """Numbers of which these shares are below these values, straight on a log scale."""
    return np.exp(np.interp(u, shares, np.log(values)))
