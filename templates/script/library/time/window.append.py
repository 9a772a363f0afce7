def window(batch: int) -> tuple[datetime, datetime]:
    """The period of a batch's events; the first load has those of the whole window."""
    end = to_utc(END) + batch * PERIOD
    return (end - PERIOD if batch else to_utc(START)), end
