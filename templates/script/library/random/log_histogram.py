def log_histogram(
    u: np.ndarray, edges: Sequence[float], weights: Sequence[float]
) -> np.ndarray:
    """Numbers with these weights between each edge and the next, uniform on a log scale."""
    return log_quantiles(u, cumulated_shares(weights), edges)
