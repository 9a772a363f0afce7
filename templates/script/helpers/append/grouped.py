def grouped(
    rows: np.ndarray, group_of: Callable[[np.ndarray], np.ndarray], groups: int
) -> Groups:
    """The rows, those of each group side by side, and where each group starts."""
    starts = range(0, len(rows), BLOCK)
    parts = [group_of(rows[n : n + BLOCK]).astype(np.uint32) for n in starts]
    group = np.concatenate([np.empty(0, np.uint32), *parts])
    members = rows[np.argsort(group, kind="stable")]
    return members, np.append(0, np.cumsum(np.bincount(group, minlength=groups)))
