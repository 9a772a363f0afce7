def first_value(values: pl.Series, order: TimeOrder) -> pl.Series:
    """The value of the group's first row, in order of time."""
    return gather(values, order.rows[order.first])
