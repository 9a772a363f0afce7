def at(when: When) -> datetime:
    """A moment, UTC: lengths and months count from END, a day is its midnight."""
    if isinstance(when, np.timedelta64):
        return shifted(at(END), int(when / MONTH))
    if isinstance(when, timedelta):
        return at(END) + when
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
