def time_order(moment: pl.Series, group: np.ndarray) -> TimeOrder:
    """The rows of each group in order of time, those of one moment in their own order."""
    rows = np.lexsort((seconds_of(moment), group))
    groups = group[rows]
    first = np.searchsorted(groups, group)
    last = np.searchsorted(groups, group, side="right") - 1
    return TimeOrder(rows, np.argsort(rows), first, last)
