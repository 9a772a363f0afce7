def previous_value(values: pl.Series, order: TimeOrder) -> pl.Series:
    """The value of the group's row before, in order of time; null in its first row."""
    before = order.rows[order.place - 1]
    return null_where(gather(values, before), order.place == order.first)
