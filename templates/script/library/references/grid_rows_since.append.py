def grid_rows_since(
    batch: np.ndarray, parent: np.ndarray, every: timedelta
) -> np.ndarray:
    """The row numbers of a grid so far, from the batch on that brings each parent."""
    edges = [*(window(one)[0] for one in range(BATCH + 1)), window(BATCH)[1]]
    first = np.array([math.ceil((edge - to_utc(START)) / every) for edge in edges])
    count = first[-1] - first[batch]
    return child_rows(parent, count, ticks(every)) + np.repeat(first[batch], count)
