def memo(what: object, make: Callable[[], Made]) -> Made:
    """What is made once a worker: each task has a copy of this script, but sys outlives it."""
    with vars(sys).setdefault("generate_data_lock", RLock()):
        runs = vars(sys).setdefault("generate_data_runs", {})
        if RUN not in runs:
            runs.clear()  # of earlier runs nothing is kept
        memory: dict[object, Made] = runs.setdefault(RUN, {})
        if what not in memory:
            memory[what] = with_own_memo(make)
        return memory[what]
