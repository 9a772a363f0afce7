def earlier_arrival(
    stream: str,
    row: np.ndarray,
    rows: Blocks,
    come: Callable[[np.ndarray], np.ndarray],
    by: Weighing,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """For each row one of an earlier batch, or of its own before it; none (-1) for the first."""
    arrivals, start = memo(
        f"{stream} in order", lambda: rows_by_group(rows, come, BATCH + 1)
    )
    batch, place = come(row), np.empty_like(row)
    for n in np.unique(batch):
        its = batch == n
        place[its] = start[n] + rank_among(arrivals[start[n] : start[n + 1]], row[its])

    def arrived(place: np.ndarray) -> np.ndarray:
        return arrivals[place].astype(np.int64)

    def at_place(
        of: Callable[[np.ndarray], pl.Series],
    ) -> Callable[[np.ndarray], pl.Series]:
        return lambda place: of(arrived(place))

    here = [(at_place(of), weights) for of, weights in by]
    places = row_blocks(range(len(arrivals)))
    first = int(start[1])  # the rows of the first load
    found = weighted_earlier_row(stream, place, places, here, skew, expected, first)
    return np.where(found < 0, -1, arrived(found))
