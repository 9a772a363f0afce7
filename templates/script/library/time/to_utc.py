def to_utc(when: When) -> datetime:
    """A moment in UTC: END plus a timedelta, or the midnight at which a date starts."""
    if isinstance(when, timedelta):
        return to_utc(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
