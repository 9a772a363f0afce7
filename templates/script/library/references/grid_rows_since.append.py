def grid_rows_since(
    batch: np.ndarray,
    parent: np.ndarray,
    every: timedelta,
) -> np.ndarray:
    """The row numbers so far of a grid that starts with each parent's batch."""
    edges = [*(window(one)[0] for one in range(BATCH + 1)), window(BATCH)[1]]
    first = np.array([ticks_before(edge, every) for edge in edges])
    count = first[-1] - first[batch]
    return child_rows(parent, count, ticks(every)) + np.repeat(first[batch], count)
