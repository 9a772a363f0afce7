def to_utc(when: When) -> datetime:
    """A moment, UTC: a timedelta counts from END, a day is its midnight."""
    if isinstance(when, timedelta):
        return to_utc(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
