def earlier_arrivals(
    stream: str,
    row: np.ndarray,
    rows: np.ndarray,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """For each row one of an earlier batch, or of its own before it; none (-1) for the first."""
    order, batch, place = kept(f"{stream} in order", lambda: in_order(rows, come))
    here = [(lambda at, of=of: of(order[at]), weights) for of, weights in by]
    own = place[np.searchsorted(rows, row)]
    stop = int(np.searchsorted(batch, 1))  # the rows of the first load
    every = np.arange(len(order))
    found = earlier_rows(stream, own, every, here, skew, expected, stop)
    return np.where(found < 0, -1, order[found])
