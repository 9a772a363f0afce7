def to_utc(when: When) -> datetime:
    """A moment in UTC: END plus a timedelta or months, or the midnight of a date."""
    if isinstance(when, np.timedelta64):
        return add_months(to_utc(END), int(when / MONTH))
    if isinstance(when, timedelta):
        return to_utc(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
