def memo(stream: str, compute: Callable[[], Arrays]) -> Arrays:
    """The arrays of a stream, computed once."""
    if stream not in MEMO:
        MEMO[stream] = with_own_memo(compute)
    return MEMO[stream]
