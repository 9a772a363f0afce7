def next_row(
    stream: str, row: np.ndarray, rows: Candidates, by: Weighing
) -> np.ndarray:
    """The next row that has a weight, for each of these; after the last one the first."""
    (choices,) = kept(f"{stream} in turn", lambda: with_weight(rows, by))
    return choices[(np.searchsorted(choices, row) + 1) % len(choices)]
