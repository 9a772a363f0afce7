def choice(u: np.ndarray, weights: Mapping[str, float]) -> pd.Series:
    """The category that each draw falls in."""
    edges = np.cumsum(list(weights.values()))
    index = np.searchsorted(edges / edges[-1], u, side="right")
    return gather(texts(weights), index)
