def weighted_rows(
    stream: str, row: np.ndarray, rows: Candidates, by: Weighing, spread: float = 0.0
) -> np.ndarray:
    """Parents by the size and weight of their group, and within it the busiest most often."""
    members, start, weight = kept(stream, lambda: grouped(rows, by))
    size = np.diff(start)
    edges = np.append(0.0, np.cumsum(size * weight))
    if edges[-1] == 0:
        sys.exit(f"{stream} has no row to point at whose weight is above 0")
    edges /= edges[-1]
    u = uniform(stream, row)
    group = np.searchsorted(edges[1:], u, side="right")
    within = (u - edges[group]) / (edges[group + 1] - edges[group])
    rank = unevenly(within, size[group], spread)
    return members[start[group] + scattered(rank, size[group], stream)]
