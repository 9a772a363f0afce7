def weighted_row(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: Blocks,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """Parents so far by the weight of their group, and within it the busiest most often.

    Each batch has its groups, which share the rows by size and weight. Of the expected rows
    of the first load, the busiest 20 % of its parents get the share skew.
    """
    members, start, weight = memo(stream, lambda: weighted_groups(rows, by, come))
    size, in_batch = np.diff(start), len(weight) // (BATCH + 1)
    edges = np.append(0.0, np.cumsum(size * weight))
    total = edges[(batch + 1) * in_batch]
    if not total.all():
        raise RuntimeError(f"{stream} has no row to point at whose weight is above 0")
    u = random(stream, row)
    group = np.searchsorted(edges[1:], u * total, side="right")
    low, high = edges[group] / total, edges[group + 1] / total
    within = ((u - low) / (high - low)).clip(0, 1)
    first = [tuple(each[:in_batch]) for each in (size, weight)]
    spread = activity_sigma(skew, expected, *first) if skew else 0.0
    rank = skewed_rank(within, size[group], spread)
    origin = group // in_batch
    place = start[group] + shuffled(rank, size[group], origin, stream)
    return members[place].astype(np.int64)
