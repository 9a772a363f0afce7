def choice(u: np.ndarray, weights: Mapping[str, float]) -> pl.Series:
    """Categories in proportion to their weights."""
    edges = np.cumsum(checked_weights(weights))
    return as_categories(interval(u, edges[:-1] / edges[-1]), weights)
