def period_in_batch(batch: int, start: When, end: When) -> tuple[datetime, datetime]:
    """A period in which timedeltas count from the batch's end."""
    since = batch * PERIOD
    first = to_utc(start) + since if isinstance(start, timedelta) else to_utc(start)
    return first, to_utc(end) + since if isinstance(end, timedelta) else to_utc(end)
