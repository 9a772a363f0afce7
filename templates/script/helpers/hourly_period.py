@cache
def hourly_period(
    volume: Callable[[datetime], float] | None,
    hours: tuple[float, ...],
    start: date | timedelta,
    end: date | timedelta,
    cuts: tuple[date | timedelta, ...] = (),
) -> Timeline:
    """A period in which the hours of a day have weights, too."""

    def hourly_volume(moment: datetime) -> float:
        return (volume(moment) if volume else 1.0) * hours[moment.hour]

    return period(hourly_volume, start, end, step=3_600, cuts=cuts)
