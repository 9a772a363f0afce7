def weighted_earlier_row(
    stream: str,
    row: np.ndarray,
    rows: Blocks,
    by: ColumnWeights,
    skew: float = 0.0,
    expected: float = 0.0,
    stop: int | None = None,
) -> np.ndarray:
    """An earlier row for each row, by the weights of the columns `by`; -1 for none.

    skew is the share of the expected rows that the busiest 20 % of the rows get (of those
    below `stop`, if it is given).
    """
    if not len(row):  # else all weights are computed to learn a column's type
        return row
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by))
    groups = [members[low:high] for low, high in pairwise(start)]
    before = np.array([rank_among(group, row) for group in groups])
    mass = before * weight[:, None]
    edges = np.cumsum(mass, axis=0)
    place = random(stream, row) * edges[-1]
    group = np.minimum((edges <= place).sum(axis=0), len(groups) - 1)
    cell = group, np.arange(len(row))
    u = (place - edges[cell]) / np.maximum(mass[cell], 1e-300) + 1  # within the group
    sigma = 0.0
    if skew:
        first = [
            len(group) if stop is None else int(rank_among(group, stop))
            for group in groups
        ]
        sigma = activity_sigma_of_earlier(skew, expected, tuple(first), tuple(weight))
    rank = skewed_rank(u.clip(0, 1), before[cell], sigma)
    chosen = np.minimum(start[group] + np.maximum(rank, 0), len(members) - 1)
    return np.where(edges[-1] == 0, -1, members[chosen].astype(np.int64))
