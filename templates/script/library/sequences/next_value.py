def next_value(values: pl.Series, order: TimeOrder) -> pl.Series:
    """The value of the group's next row, in order of time; null in its last row."""
    after = order.rows[np.minimum(order.place + 1, order.last)]
    return null_where(gather(values, after), order.place == order.last)
