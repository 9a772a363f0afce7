def cache(make: Callable[..., Made]) -> Callable[..., Made]:
    """Like functools.cache, but once a worker."""

    def told(value: object) -> object:
        """A value as a key; functions are told by their code, since tasks have copies."""
        if not isinstance(value, FunctionType):
            return value
        held = (told(cell.cell_contents) for cell in value.__closure__ or ())
        return value.__code__, *held

    def made(*args: object, **names: object) -> Made:
        key = (make.__name__, *map(told, args), *names, *map(told, names.values()))
        return kept(key, lambda: make(*args, **names))

    return made
