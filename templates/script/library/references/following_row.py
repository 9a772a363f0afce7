def following_row(
    stream: str, row: np.ndarray, rows: Blocks, by: Weighing
) -> np.ndarray:
    """The next row that has a weight, for each of these; after the last one the first."""
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by))
    used = np.flatnonzero(weight * np.diff(start))
    groups = [members[start[n] : start[n + 1]] for n in used]
    found = np.array(
        [group[rank_among(group, row + 1) % len(group)] for group in groups]
    ).astype(np.int64)
    # How far on: those before the row come last.
    nearest = ((found - row - 1) % (1 << 62)).argmin(axis=0)
    return found[nearest, np.arange(len(row))]
