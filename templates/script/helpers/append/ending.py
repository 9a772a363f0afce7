def ending(batch: int, start: When, end: When) -> tuple[datetime, datetime]:
    """A period, in which a timedelta counts from the batch's end."""
    since = batch * PERIOD
    first = at(start) + since if isinstance(start, timedelta) else at(start)
    return first, at(end) + since if isinstance(end, timedelta) else at(end)
