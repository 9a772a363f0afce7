def lifecycle(
    stream: str,
    row: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    moves: Mapping[str, Mapping[str, float]],
    waits: Mapping[tuple[str, str], Curve],
    most: int,
) -> Moves:
    """The states that rows enter before the end, a line a move, and when in seconds.

    Each row starts in the first state. A move is drawn by the shares of its state, then
    the time until it. A state is its position among all; -1 is for no more moves.
    """
    names = lifecycle_states(moves)
    states = np.full((most + 1, len(row)), -1, np.int16)
    moments = np.zeros((most + 1, len(row)), np.int64)
    # A start that is null has no number on some engines, and one before any year on others.
    open = np.flatnonzero((start >= -30_610_224_000) & (start < end))
    states[0, open], moments[0, open] = 0, start[open]
    for move in range(1, most + 1):
        to = random(f"{stream}/{move}", row[open])
        after = random(f"{stream}/{move} after", row[open])
        state, moment = states[move - 1, open], moments[move - 1, open].astype(float)
        entered = np.full(len(open), -1, np.int16)
        for name, shares in moves.items():
            edges = np.cumsum([*shares.values()]).round(12)
            here = np.flatnonzero(state == names.index(name))
            chosen = np.searchsorted(edges, to[here], side="right")
            for n, target in enumerate(shares):
                rows = here[chosen == n]
                entered[rows] = names.index(target)
                moment[rows] += waits[name, target](after[rows])
        moved = (entered >= 0) & (moment < end[open])
        open = open[moved]
        states[move, open], moments[move, open] = entered[moved], moment[moved]
        if not len(open):
            break
    return states, moments
