def kept(stream: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays of a stream, made once."""
    if stream not in KEPT:
        KEPT[stream] = apart(make)
    return KEPT[stream]
