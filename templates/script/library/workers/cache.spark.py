def cache(make: Callable[..., Made]) -> Callable[..., Made]:
    """Like functools.cache, but once a worker."""

    def key_of(value: object) -> object:
        """A value as a key: of a function its code, since tasks have copies of it."""
        value = getattr(value, "__wrapped__", value)
        if not isinstance(value, FunctionType):
            return value
        held = (key_of(cell.cell_contents) for cell in value.__closure__ or ())
        return value.__code__, *held

    def made(*args: object, **names: object) -> Made:
        key = make.__name__, *map(key_of, args), *names, *map(key_of, names.values())
        return memo(key, lambda: make(*args, **names))

    return made
