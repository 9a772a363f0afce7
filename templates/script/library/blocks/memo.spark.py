def memo(key: object, compute: Callable[[], Result]) -> Result:
    """A value computed once per worker: tasks have copies of this script, but share sys."""
    with vars(sys).setdefault("generate_data_lock", RLock()):
        runs = vars(sys).setdefault("generate_data_runs", {})
        if RUN not in runs:
            runs.clear()  # the values of earlier runs
        memory: dict[object, Result] = runs.setdefault(RUN, {})
        if key not in memory:
            memory[key] = with_own_memo(compute)
        return memory[key]
