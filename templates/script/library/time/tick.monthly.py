def tick(row: np.ndarray, every: Step) -> pl.Series:
    """The moments that lie such a step apart from START on, by the rows of a grid."""
    step = row % ticks(every)
    if not isinstance(every, timedelta):
        return utc_moments(tick_seconds(every)[step])
    start, length = int(to_utc(START).timestamp()), int(every.total_seconds())
    return utc_moments(start + step * length)
