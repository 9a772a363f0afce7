def rows_by_group(
    blocks: Blocks, group_of: Callable[[np.ndarray], np.ndarray], groups: int
) -> Arrays:
    """The rows, those of each group side by side and in order; where each group starts.

    There may be many: numbers that fit take four bytes each.
    """
    parts: list[list[np.ndarray]] = [[np.empty(0, np.uint32)] for _ in range(groups)]
    for row in blocks:
        group = group_of(row)
        few = np.uint32 if row.max(initial=0) < 1 << 32 else np.int64
        members = row[np.argsort(group, kind="stable")].astype(few)
        edges = np.bincount(group, minlength=groups).cumsum()
        for part, rows in zip(parts, np.split(members, edges[:-1]), strict=True):
            part.append(rows)
    start = np.cumsum([0, *(sum(map(len, part)) for part in parts)])
    return np.concatenate([rows for part in parts for rows in part]), start
