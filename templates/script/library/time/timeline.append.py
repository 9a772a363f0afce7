@cache
def timeline(
    start: When,
    end: When,
    volume: Volume | None = None,
    hours: tuple[float, ...] = (),
    breakpoints: tuple[When, ...] = (),
) -> Timeline:
    """The moments at which a period's volume changes, and the volume's share before each."""
    first, last = to_utc(start).timestamp(), to_utc(end).timestamp()
    if first >= last:
        raise RuntimeError(
            f"The period {to_utc(start):%F} to {to_utc(end):%F} ends before it starts"
        )
    step = 3_600 if hours else 86_400  # seconds
    grid = np.arange(first // step * step, last if volume or hours else first, step)
    edges = np.unique(
        [first, *grid, *(to_utc(point).timestamp() for point in breakpoints), last]
    )
    edges = edges[(first <= edges) & (edges <= last)]
    moments = [datetime.fromtimestamp(edge, UTC) for edge in edges[:-1]]
    steps = np.array([volume(moment) if volume else 1.0 for moment in moments])
    steps *= [hours[moment.hour] for moment in moments] if hours else 1.0
    # All but nothing in place of nothing: what follows a moment finds a place after it.
    steps = np.maximum(steps, 1e-9 * (steps.max() or 1.0)) * np.diff(edges)
    share = np.append(0.0, np.cumsum(steps))
    return edges, share / share[-1]
