def repeats(parent: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Which children point at a row that an earlier child of their parent points at."""
    pair = (parent << 44) + found
    order = np.argsort(pair, kind="stable")
    return order[1:][np.diff(pair[order]) == 0]
