def period_in_batch(batch: int, start: When, end: When) -> tuple[datetime, datetime]:
    """The start and end of a period, where a length counts from the batch's end."""
    batch_end = to_utc(END) + batch * PERIOD
    return from_end(batch_end, start), from_end(batch_end, end)
