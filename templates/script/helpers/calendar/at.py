def at(when: When, end: datetime | None = None) -> datetime:
    """A moment, UTC: lengths and months count from END (or another), a day is its midnight."""
    if isinstance(when, np.timedelta64):
        return shifted(end or at(END), int(when / MONTH))
    if isinstance(when, timedelta):
        return (end or at(END)) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
