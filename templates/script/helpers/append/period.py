@cache
def period(
    volume: Callable[[datetime], float],
    start: date | timedelta,
    end: date | timedelta,
    step: int = 86_400,
    cuts: tuple[date | timedelta, ...] = (),
) -> Timeline:
    """The moments of a period, a step (in seconds) apart, and the volume's share before each."""
    first, last = bounds(start, end)
    grid = np.arange(first // step * step, last, step)
    edges = np.unique([*grid, *(at(cut).timestamp() for cut in cuts), last])
    edges = np.append(first, edges[(first < edges) & (edges <= last)])
    steps = np.array([volume(datetime.fromtimestamp(edge, UTC)) for edge in edges[:-1]])
    # All but nothing in place of nothing: what follows a moment finds a place after it.
    steps = np.maximum(steps, 1e-9 * (steps.max() or 1.0)) * np.diff(edges)
    share = np.append(0.0, np.cumsum(steps))
    return edges, share / share[-1]
