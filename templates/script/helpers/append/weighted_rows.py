def weighted_rows(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: np.ndarray,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
    spread: float = 0.0,
) -> np.ndarray:
    """Parents so far by the weight of their group, and within it the busiest most often.

    Each batch has its groups, which share the rows by size and weight.
    """
    members, start, weight = kept(stream, lambda: grouped(rows, by, come))
    size, in_batch = np.diff(start), len(weight) // (BATCH + 1)
    edges = np.append(0.0, np.cumsum(size * weight))
    total = edges[(batch + 1) * in_batch]
    if not total.all():
        sys.exit(f"{stream} has no row to point at whose weight is above 0")
    u = uniform(stream, row)
    group = np.searchsorted(edges[1:], u * total, side="right")
    low, high = edges[group] / total, edges[group + 1] / total
    within = ((u - low) / (high - low)).clip(0, 1)
    rank = unevenly(within, size[group], spread)
    origin = group // in_batch
    return members[start[group] + scattered(rank, size[group], origin, stream)]
