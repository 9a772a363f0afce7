def running_sum(values: pl.Series, order: TimeOrder) -> pl.Series:
    """The sum of the group's values so far, in order of time; null where the value is null.

    A sum depends on no other group: sums of 2, 4, 8 … rows are added up.
    """
    numbers, null = without_nulls(values)
    total, before = numbers[order.rows], order.place - order.first
    before, step = before[order.rows], 1
    with np.errstate(over="ignore", invalid="ignore"):
        while len(later := np.flatnonzero(before >= step)):
            total[later] += total[later - step]
            step *= 2
    sums = pl.Series(total[order.place])
    return null_where(sums, null) if null.any() else sums
