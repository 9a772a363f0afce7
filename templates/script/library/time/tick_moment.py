def tick_moment(every: Months, n: int) -> datetime:
    """The n-th moment of a grid in steps of months, which count from START."""
    if isinstance(every, str):  # the end of each month
        return add_months(to_utc(START).replace(day=1), n + 1) - timedelta(days=1)
    return add_months(to_utc(START), n * int(every / MONTH))
