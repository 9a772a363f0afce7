def interval(u: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """How many of the sorted edges are not above each number."""
    if len(edges) > 32:
        return np.searchsorted(edges, u, side="right")
    found = np.zeros(len(u), np.int64)
    for edge in edges:  # for a few edges several times as fast
        found += u >= edge
    return found
