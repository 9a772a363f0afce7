@cache
def timeline(
    start: When,
    end: When,
    volume: Volume | None = None,
    hours: tuple[float, ...] = (),
    breakpoints: tuple[When, ...] = (),
) -> Timeline:
    """When a period's volume changes, in epoch seconds; the share before each time."""
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
    moments = [datetime.fromtimestamp(edge, UTC) for edge in edges[:-1]]
    density = np.array([volume(moment) if volume else 1.0 for moment in moments])
    density *= [hours[moment.hour] for moment in moments] if hours else 1.0
    what = volume.__name__ if volume else "The volume"
    density = positive_volume(density, f"{what} from {period}")
    share = np.append(0.0, np.cumsum(density * np.diff(edges)))
    return edges, share / share[-1]
