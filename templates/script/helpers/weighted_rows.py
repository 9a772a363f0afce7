def weighted_rows(
    u: np.ndarray, groups: Groups, weights: Sequence[float], spread: float
) -> np.ndarray:
    """Parents by the weight of their group, and within it the busiest most often.

    Groups share the draws by size and weight, whatever the spread of activity in each.
    """
    members, start = groups
    size = np.diff(start)
    edges = np.append(0.0, np.cumsum(size * weights))
    edges /= edges[-1]
    group = np.searchsorted(edges[1:], u, side="right")
    within = (u - edges[group]) / (edges[group + 1] - edges[group])
    rank = unevenly(within, size[group], spread)
    step = np.array([step_through(rows) for rows in size])
    return members[start[group] + rank * step[group] % size[group]]
