def rows_by_group(
    blocks: Blocks, group_of: Callable[[np.ndarray], np.ndarray], groups: int
) -> Arrays:
    """The rows, sorted by group and then by number; where each group starts.

    Row numbers take four bytes each if they fit.
    """
    parts: list[list[np.ndarray]] = [[np.empty(0, np.uint32)] for _ in range(groups)]
    for row in blocks:
        group = group_of(row)
        dtype = np.uint32 if row.max(initial=0) < 1 << 32 else np.int64
        members = row[np.argsort(group, kind="stable")].astype(dtype)
        edges = np.bincount(group, minlength=groups).cumsum()
        for part, rows in zip(parts, np.split(members, edges[:-1]), strict=True):
            part.append(rows)
    start = np.cumsum([0, *(sum(map(len, part)) for part in parts)])
    return np.concatenate([rows for part in parts for rows in part]), start
