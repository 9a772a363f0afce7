def skewed_row_in_batch(
    u: np.ndarray,
    batch: np.ndarray,
    table: str,
    skew: float,
    expected: float,
    stream: str,
) -> np.ndarray:
    """Rows so far of a table, the busiest of each of its batches most often.

    Of the expected rows of the first load, its busiest 20 % get the share skew.
    """
    edges = np.append(0, rows_after(table))
    total = edges[batch + 1]
    origin = batch_of(table, u * total)
    first, size = edges[origin], np.diff(edges)[origin]
    within = ((u - first / total) / (size / total)).clip(0, 1)
    rank = skewed_rank(within, size, activity_sigma(skew, expected, (ROWS[table],)))
    return first + shuffled(rank, size, origin, stream)
