def shifted(moment: datetime, by: DateOffset, times: int = 1) -> datetime:
    """The moment so many years and months on: of a shorter month the last day."""
    months = moment.month - 1 + times * (12 * by.years + by.months)
    year, month = moment.year + months // 12, months % 12 + 1
    day = min(by.day or moment.day, monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)
