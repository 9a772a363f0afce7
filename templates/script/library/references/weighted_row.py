def weighted_row(
    stream: str,
    row: np.ndarray,
    rows: Blocks,
    by: ColumnWeights,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """Row numbers of parents, drawn with the weights of the columns `by`.

    skew is the share of the expected rows that the busiest 20 % of the parents get.
    """
    if not len(row):  # else all weights are computed to learn a column's type
        return row
    members, start, weight = ranked_groups(stream, rows, by)
    size = np.diff(start)
    edges = np.append(0.0, np.cumsum(size * weight))
    if edges[-1] == 0:
        raise RuntimeError(
            f"{stream} has no row to refer to, or none with a weight above 0"
        )
    edges /= edges[-1]
    u = random(stream, row)
    group = interval(u, edges[1:-1])
    u = (u - edges[group]) / (edges[group + 1] - edges[group])  # within the group
    sigma = activity_sigma(skew, expected, tuple(size), tuple(weight)) if skew else 0.0
    rank = skewed_rank(u, size[group], sigma)
    return members[start[group] + rank].astype(np.int64)
