def cache(make: Callable[..., Made]) -> Callable[..., Made]:
    """Like functools.cache, but once a worker: each task has a copy of this script."""

    def told(value: object) -> object:
        """A value as a key; functions are told by their code, since tasks have copies."""
        if not isinstance(value, FunctionType):
            return value
        held = (told(cell.cell_contents) for cell in value.__closure__ or ())
        return value.__code__, *held

    def made(*args: object, **names: object) -> Made:
        # What hangs on sys outlives a task; of earlier runs nothing is kept.
        with vars(sys).setdefault("generate_data_lock", RLock()):
            runs = vars(sys).setdefault("generate_data_runs", {})
            if RUN not in runs:
                runs.clear()
            memory = runs.setdefault(RUN, {})
            key = (make.__name__, *map(told, args), *names.items())
            if key not in memory:
                memory[key] = make(*args, **names)
            return memory[key]

    return made
