def period_in_batch(batch: int, start: When, end: When) -> tuple[datetime, datetime]:
    """A period, in which what counts from END counts from the batch's end."""
    its_end = to_utc(END) + batch * PERIOD
    return from_end(its_end, start), from_end(its_end, end)
