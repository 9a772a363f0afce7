def window(batch: int) -> tuple[datetime, datetime]:
    """When the events of a batch happen: those of the first load in the whole window."""
    end = to_utc(END) + batch * PERIOD
    return (end - PERIOD if batch else to_utc(START)), end
