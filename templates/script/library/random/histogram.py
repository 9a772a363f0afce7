def histogram(
    u: np.ndarray, edges: Sequence[float], weights: Sequence[float]
) -> np.ndarray:
    """Numbers with these weights between each edge and the next, uniform within a bin."""
    return quantiles(u, cumulated_shares(weights), edges)
