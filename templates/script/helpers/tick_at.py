def tick_at(every: Months, n: int) -> datetime:
    """The n-th moment of a grid that steps by the calendar, each counted from START."""
    if isinstance(every, str):  # the end of each month
        return shifted(at(START).replace(day=1), n + 1) - timedelta(days=1)
    return shifted(at(START), n * int(every / MONTH))
