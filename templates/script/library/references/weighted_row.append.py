def weighted_row(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: Blocks,
    batch_of_rows: Callable[[np.ndarray], np.ndarray],
    by: ColumnWeights,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """Row numbers of parents so far, drawn with the weights of the columns `by`.

    skew is the share of the expected rows of the first load that the busiest 20 % of
    its parents get. Each batch has its own groups of parents, and its own busiest.
    """
    if not len(row):  # else all weights are computed to learn a column's type
        return row
    members, start, weight = ranked_groups(stream, rows, by, batch_of_rows, BATCH + 1)
    size, in_batch = np.diff(start), len(weight) // (BATCH + 1)
    edges = np.append(0.0, np.cumsum(size * weight))
    total = edges[(batch + 1) * in_batch]
    if not total.all():
        raise RuntimeError(
            f"{stream} has no row to refer to, or none with a weight above 0"
        )
    u = random(stream, row)
    group = np.searchsorted(edges[1:], u * total, side="right")
    low, high = edges[group] / total, edges[group + 1] / total
    u = ((u - low) / (high - low)).clip(0, 1)  # within the group
    first = [tuple(each[:in_batch]) for each in (size, weight)]
    sigma = activity_sigma(skew, expected, *first) if skew else 0.0
    rank = skewed_rank(u, size[group], sigma)
    return members[start[group] + rank].astype(np.int64)
