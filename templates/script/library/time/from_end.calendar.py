def from_end(end: datetime, when: When) -> datetime:
    """A moment in UTC, where a timedelta or months count from this end."""
    if isinstance(when, np.timedelta64):
        return add_months(end, int(when / MONTH))
    return end + when if isinstance(when, timedelta) else to_utc(when)
