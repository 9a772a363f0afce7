def from_end(end: datetime, when: When) -> datetime:
    """A moment in UTC, where a timedelta counts from this end."""
    return end + when if isinstance(when, timedelta) else to_utc(when)
