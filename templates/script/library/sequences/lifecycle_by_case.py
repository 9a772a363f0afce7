def lifecycle_by_case(
    stream: str,
    row: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    key: pl.Series,
    cases: Mapping[str, Mapping[str, Mapping[str, float]]],
    waits: Mapping[str, Mapping[tuple[str, str], Curve]],
    most: Mapping[str, int],
) -> Moves:
    """The states that rows enter before the end, and when, each by the moves of its case."""
    names = lifecycle_states(*cases.values())
    states = np.full((max(most.values()) + 1, len(row)), -1, np.int16)
    moments = np.zeros(states.shape, np.int64)
    index = case_index(key, cases)
    for n, (case, moves) in enumerate(cases.items()):
        at, lines = np.flatnonzero(index == n), slice(most[case] + 1)
        places = [*map(names.index, lifecycle_states(moves)), -1]
        state, moment = lifecycle(
            stream, row[at], start[at], end[at], moves, waits[case], most[case]
        )
        states[lines, at] = np.array(places, np.int16)[state]
        moments[lines, at] = moment
    return states, moments
