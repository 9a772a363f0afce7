def memo(stream: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays of a stream, made once."""
    if stream not in MEMO:
        MEMO[stream] = with_own_memo(make)
    return MEMO[stream]
