def repeats(parent: np.ndarray, found: np.ndarray) -> np.ndarray:
    """The positions of children with the same row as an earlier child of their parent."""
    pair = (parent << 44) + found
    order = np.argsort(pair, kind="stable")
    return order[1:][np.diff(pair[order]) == 0]
