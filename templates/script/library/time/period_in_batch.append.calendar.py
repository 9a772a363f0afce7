def period_in_batch(batch: int, start: When, end: When) -> tuple[datetime, datetime]:
    """A period in which timedeltas and months count from the batch's end."""
    batch_end = to_utc(END) + batch * PERIOD
    return from_end(batch_end, start), from_end(batch_end, end)
