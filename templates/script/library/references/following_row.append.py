def following_row(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: Blocks,
    batch_of_rows: Callable[[np.ndarray], np.ndarray],
    by: ColumnWeights,
) -> np.ndarray:
    """For each row the next one so far with a weight; after the last one, the first."""
    members, start, weight = ranked_groups(stream, rows, by, batch_of_rows, BATCH + 1)
    used = np.flatnonzero(weight * np.diff(start))
    groups = [np.sort(members[start[n] : start[n + 1]]) for n in used]
    found = [group[rank_among(group, row + 1) % len(group)] for group in groups]
    candidates = np.array(found).astype(np.int64)
    # Smaller row numbers come last, and rows of later batches are excluded.
    distance = (candidates - row - 1) % (1 << 62)
    origin = used // (len(weight) // (BATCH + 1))
    distance[origin[:, None] > batch] = 1 << 62
    return candidates[distance.argmin(axis=0), np.arange(len(row))]
