def following_row(
    stream: str, row: np.ndarray, rows: Blocks, by: ColumnWeights
) -> np.ndarray:
    """For each row the next one with a weight; after the last one, the first."""
    members, start, weight = ranked_groups(stream, rows, by)
    used = np.flatnonzero(weight * np.diff(start))
    groups = [np.sort(members[start[n] : start[n + 1]]) for n in used]
    found = [group[rank_among(group, row + 1) % len(group)] for group in groups]
    candidates = np.array(found).astype(np.int64)
    distance = (candidates - row - 1) % (1 << 62)  # smaller row numbers come last
    return candidates[distance.argmin(axis=0), np.arange(len(row))]
