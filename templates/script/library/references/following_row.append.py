def following_row(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: Blocks,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
) -> np.ndarray:
    """The next row so far that has a weight, for each of these; after the last one the first."""
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by, come))
    used = np.flatnonzero(weight * np.diff(start))
    groups = [members[start[n] : start[n + 1]] for n in used]
    found = np.array(
        [group[rank_among(group, row + 1) % len(group)] for group in groups]
    ).astype(np.int64)
    # How far on: those before the row come last, and those of later batches never.
    distance = (found - row - 1) % (1 << 62)
    origin = used // (len(weight) // (BATCH + 1))
    distance[origin[:, None] > batch] = 1 << 62
    return found[distance.argmin(axis=0), np.arange(len(row))]
