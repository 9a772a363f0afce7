@cache
def timeline(
    start: When,
    end: When,
    volume: Volume | None = None,
    hours: tuple[float, ...] = (),
    breakpoints: tuple[When, ...] = (),
) -> Timeline:
    """A period with the volume of a calendar, of hours of the day, or of both."""
    first, last = to_utc(start).timestamp(), to_utc(end).timestamp()
    period = f"{to_utc(start):%F} to {to_utc(end):%F}"
    if first >= last:
        raise RuntimeError(f"The period {period} ends before it starts: edit its dates")
    if hours and len(hours) != 24:
        raise RuntimeError(f"A day has 24 hours, and {len(hours)} have a weight")
    step = 3_600 if hours else 86_400  # seconds
    grid = np.arange(first // step * step, last if volume or hours else first, step)
    points = [to_utc(point).timestamp() for point in breakpoints]
    edges = np.unique([first, *grid, *points, last])
    edges = edges[(first <= edges) & (edges <= last)]
    begin = edges[:-1]
    density = np.ones(len(begin))
    if volume:  # it differs from day to day, and changes at breakpoints
        changes = begin[(begin % 86_400 == 0) | np.isin(begin, [first, *points])]
        values = [volume(datetime.fromtimestamp(each, UTC)) for each in changes]
        density = np.array(values)[np.searchsorted(changes, begin, side="right") - 1]
    if hours:
        density = density * np.array(hours)[(begin // 3_600 % 24).astype(np.int64)]
    what = volume.__name__ if volume else "The volume"
    density = positive_volume(density, f"{what} from {period}")
    share = np.append(0.0, np.cumsum(density * np.diff(edges)))
    return timeline_of(edges, share / share[-1])
