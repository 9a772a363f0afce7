def skewed_row_in_batch(
    u: np.ndarray,
    batch: np.ndarray,
    table: str,
    skew: float,
    expected: float,
    stream: str,
) -> np.ndarray:
    """Row numbers so far of a table; each of its batches has its own busiest rows.

    skew is the share of the expected rows of the first load that its busiest 20 % get.
    """
    edges = np.append(0, rows_after(table))
    total = edges[batch + 1]
    origin = batch_of(table, u * total)
    first, size = edges[origin], np.diff(edges)[origin]
    u = ((u - first / total) / (size / total)).clip(0, 1)  # within the batch
    rank = skewed_rank(u, size, activity_sigma(skew, expected, (ROWS[table],)))
    return first + shuffled(rank, size, stream, origin)
