@cache
def period(
    volume: Callable[[datetime], float],
    start: date | timedelta,
    end: date | timedelta,
    step: int = 86_400,
) -> Timeline:
    """The moments of a period, a step (in seconds) apart, and the volume's share before each."""
    first, last = bounds(start, end)
    edges = np.append(np.arange(first, last, step), last)
    steps = [volume(datetime.fromtimestamp(edge, UTC)) for edge in edges[:-1]]
    share = np.append(0.0, np.cumsum(steps * np.diff(edges)))
    return edges, share / share[-1]
