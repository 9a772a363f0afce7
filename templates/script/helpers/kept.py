def kept(stream: str, make: Callable[[], Groups]) -> Groups:
    """The groups of a stream, made once."""
    if stream not in GROUPS:
        GROUPS[stream] = make()
    return GROUPS[stream]
