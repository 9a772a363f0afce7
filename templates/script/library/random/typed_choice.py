def typed_choice(u: np.ndarray, weights: Mapping[Any, float], dtype: Any) -> pl.Series:
    """Values of a type in proportion to their weights."""
    edges = np.cumsum(checked_weights(weights))
    values = pl.Series(list(weights), dtype=dtype)
    return gather(values, interval(u, edges[:-1] / edges[-1]))
