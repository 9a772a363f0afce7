def cache(function: Callable[..., Result]) -> Callable[..., Result]:
    """Like functools.cache, but once per worker."""

    def key_of(value: object) -> object:
        """A value as a key; for a function its code, as each task has a copy."""
        value = getattr(value, "__wrapped__", value)
        if not isinstance(value, FunctionType):
            return value
        cells = (key_of(cell.cell_contents) for cell in value.__closure__ or ())
        return value.__code__, *cells

    def cached(*args: object, **names: object) -> Result:
        key = (
            function.__name__,
            *map(key_of, args),
            *names,
            *map(key_of, names.values()),
        )
        return memo(key, lambda: function(*args, **names))

    return cached
