def add_months(moment: datetime, months: int) -> datetime:
    """A moment so many months later; the last day of a month that is too short."""
    year, month = divmod(12 * moment.year + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
