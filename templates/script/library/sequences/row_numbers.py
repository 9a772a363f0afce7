def row_numbers(order: TimeOrder) -> pl.Series:
    """1, 2, 3 … in each group, in order of time."""
    return pl.Series(order.place - order.first + 1)
