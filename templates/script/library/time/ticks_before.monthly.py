def ticks_before(moment: datetime, every: Step) -> int:
    """The number of a grid's moments from START to another moment."""
    start = to_utc(START)
    if isinstance(every, timedelta):
        return math.ceil((moment - start) / every)
    step = 1 if isinstance(every, str) else int(every / MONTH)
    months = 12 * (moment.year - start.year) + moment.month - start.month
    # Those of earlier months, and perhaps one in the moment's own month.
    earlier = math.ceil(months / step)
    return earlier + (months % step == 0 and tick_moment(every, earlier) < moment)
