def following_row(
    stream: str, row: np.ndarray, rows: Blocks, by: ColumnWeights
) -> np.ndarray:
    """For each row the next one with a weight; after the last one, the first."""
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by))
    used = np.flatnonzero(weight * np.diff(start))
    groups = [members[start[n] : start[n + 1]] for n in used]
    index = [rank_among(group, row + 1) % len(group) for group in groups]
    found = np.array([group[i] for group, i in zip(groups, index, strict=True)]).astype(
        np.int64
    )
    # Smaller row numbers come last.
    nearest = ((found - row - 1) % (1 << 62)).argmin(axis=0)
    return found[nearest, np.arange(len(row))]
