@cache
def timeline(
    start: When,
    end: When,
    volume: Volume | None = None,
    hours: tuple[float, ...] = (),
    breakpoints: tuple[When, ...] = (),
    zone: str = "UTC",
) -> Timeline:
    """A period with the volume of a calendar or of hours of the day, in a time zone."""
    first, last = to_utc(start).timestamp(), to_utc(end).timestamp()
    period = f"{to_utc(start):%F} to {to_utc(end):%F}"
    if first >= last:
        raise RuntimeError(f"The period {period} ends before it starts: edit its dates")
    if hours and len(hours) != 24:
        raise RuntimeError(f"A day has 24 hours, and {len(hours)} have a weight")
    clock, step = ZoneInfo(zone), 3_600 if hours else 86_400  # seconds
    # The days at both ends are known as a whole, so these are two days longer.
    changes, offsets = clock_changes(zone, first - 172_800, last + 172_800)
    points = [first, *(day_start(point, clock).timestamp() for point in breakpoints)]
    grid = [np.array([last])]
    if volume or hours:
        points += changes.tolist()
        ends = [*changes[1:], last]
        for since, until, offset in zip(changes, ends, offsets, strict=True):
            local_start = (since + offset) // step * step
            grid.append(np.arange(local_start, until + offset, step) - offset)
    edges = np.unique(np.concatenate([points, *grid]))
    edges = edges[(first <= edges) & (edges <= last)]
    begin = edges[:-1]
    local = begin + offsets[np.searchsorted(changes, begin, side="right") - 1]
    density = np.ones(len(begin))
    if volume:  # it differs from day to day, and changes at breakpoints
        turns = begin[(local % 86_400 == 0) | np.isin(begin, points)]
        values = [volume(datetime.fromtimestamp(each, clock)) for each in turns]
        density = np.array(values)[np.searchsorted(turns, begin, side="right") - 1]
    if hours:
        density = density * np.array(hours)[(local // 3_600 % 24).astype(np.int64)]
    if volume or hours:
        density = density * day_factors(local // 86_400, hours, changes, offsets)
    what = volume.__name__ if volume else "The volume"
    density = positive_volume(density, f"{what} from {period}")
    share = np.append(0.0, np.cumsum(density * np.diff(edges)))
    return timeline_of(edges, share / share[-1])
