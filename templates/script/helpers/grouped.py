def grouped(
    rows: np.ndarray,
    group_of: Callable[[np.ndarray], np.ndarray],
    weights: Iterable[float],
) -> Groups:
    """The rows, those of each group side by side; where each group starts; its weight."""
    starts = range(0, len(rows), BLOCK)
    parts = [group_of(rows[n : n + BLOCK]).astype(np.uint32) for n in starts]
    group = np.concatenate([np.empty(0, np.uint32), *parts])
    members, weight = rows[np.argsort(group, kind="stable")], np.array(list(weights))
    counts = np.bincount(group, minlength=len(weight))
    return members, np.append(0, np.cumsum(counts)), weight
