def next_row(
    stream: str,
    row: np.ndarray,
    batch: np.ndarray,
    rows: np.ndarray,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
) -> np.ndarray:
    """The next row so far that has a weight, for each of these; after the last one the first."""
    (choices,) = kept(f"{stream} in turn", lambda: with_weight(rows, by))
    place = np.searchsorted(choices, row) + 1
    while (late := come(choices[place % len(choices)]) > batch).any():
        place += late
    return choices[place % len(choices)]
