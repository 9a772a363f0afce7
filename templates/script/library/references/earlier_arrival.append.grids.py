def earlier_arrival(
    stream: str,
    row: np.ndarray,
    rows: Blocks,
    batch_of_rows: Callable[[np.ndarray], np.ndarray],
    by: ColumnWeights,
    skew: float = 0.0,
    expected: float = 0.0,
) -> np.ndarray:
    """A row of an earlier batch, or an earlier one of the same batch; -1 for none."""
    if not len(row):  # else all weights are computed to learn a column's type
        return row
    arrivals, start = memo(
        f"{stream} in order", lambda: rows_by_group(rows, batch_of_rows, BATCH + 1)
    )
    batch, place = batch_of_rows(row), np.empty_like(row)
    for n in np.unique(batch):
        here = batch == n
        arrived = arrivals[start[n] : start[n + 1]]
        place[here] = start[n] + rank_among(arrived, row[here])

    def at_place(
        column: Callable[[np.ndarray], pl.Series],
    ) -> Callable[[np.ndarray], pl.Series]:
        return lambda place: column(arrivals[place].astype(np.int64))

    by_place = [(at_place(column), weights) for column, weights in by]
    places = row_blocks(range(len(arrivals)))
    first = int(start[1])  # number of rows of the first load
    found = weighted_earlier_row(stream, place, places, by_place, skew, expected, first)
    return np.where(found < 0, -1, arrivals[found].astype(np.int64))
