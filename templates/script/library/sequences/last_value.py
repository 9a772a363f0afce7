def last_value(values: pl.Series, order: TimeOrder) -> pl.Series:
    """The value of the group's last row, in order of time."""
    return gather(values, order.rows[order.last])
