@cache
def timeline(start: When, end: When) -> Timeline:
    """A period with the same volume at all times."""
    first, last = to_utc(start), to_utc(end)
    if first >= last:
        raise RuntimeError(
            f"The period {first:%F} to {last:%F} ends before it starts: edit its dates"
        )
    edges = np.array([first.timestamp(), last.timestamp()])
    return timeline_of(edges, np.array([0.0, 1.0]))
