def from_end(end: datetime, when: When) -> datetime:
    """A moment in UTC; a timedelta or a number of months counts from this end."""
    if isinstance(when, np.timedelta64):
        return add_months(end, int(when / MONTH))
    return end + when if isinstance(when, timedelta) else to_utc(when)
