def weighted_earlier_row(
    stream: str,
    row: np.ndarray,
    rows: Blocks,
    by: Weighing,
    skew: float = 0.0,
    expected: float = 0.0,
    stop: int | None = None,
) -> np.ndarray:
    """An earlier row for each row, by the weight of its group; none (-1) where there is none.

    Of the expected rows, the busiest 20 % of the rows below `stop` get the share skew.
    """
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by))
    groups = [members[low:high] for low, high in pairwise(start)]
    before = np.array([rank_among(group, row) for group in groups])
    mass = before * weight[:, None]
    edges = np.cumsum(mass, axis=0)
    place = random(stream, row) * edges[-1]
    group = np.minimum((edges <= place).sum(axis=0), len(groups) - 1)
    of_row = group, np.arange(len(row))
    within = (place - edges[of_row]) / np.maximum(mass[of_row], 1e-300) + 1
    first = [
        len(group) if stop is None else int(rank_among(group, stop)) for group in groups
    ]
    spread = (
        activity_sigma_of_earlier(skew, expected, tuple(first), tuple(weight))
        if skew
        else 0.0
    )
    rank = skewed_rank(within.clip(0, 1), before[of_row], spread)
    chosen = np.minimum(start[group] + np.maximum(rank, 0), len(members) - 1)
    return np.where(edges[-1] == 0, -1, members[chosen].astype(np.int64))
