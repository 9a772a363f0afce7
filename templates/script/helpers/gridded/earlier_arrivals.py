def earlier_arrivals(
    stream: str,
    row: np.ndarray,
    rows: np.ndarray,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
    spread: float = 0.0,
) -> np.ndarray:
    """For each row one of an earlier batch, or of its own before it; none (-1) for the first."""
    order, _, place = kept(f"{stream} in order", lambda: in_order(rows, come))
    here = [(lambda at, of=of: of(order[at]), weights) for of, weights in by]
    own = place[np.searchsorted(rows, row)]
    found = earlier_rows(stream, own, np.arange(len(order)), here, spread)
    return np.where(found < 0, -1, order[found])
