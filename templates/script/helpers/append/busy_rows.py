def busy_rows(
    u: np.ndarray, batch: np.ndarray, table: str, spread: float, stream: str
) -> np.ndarray:
    """Rows so far of a table, the busiest of each of its batches most often."""
    edges = np.append(0, rows_after(table))
    total = edges[batch + 1]
    origin = batch_of(table, u * total)
    first, size = edges[origin], np.diff(edges)[origin]
    within = ((u - first / total) / (size / total)).clip(0, 1)
    return first + scattered(unevenly(within, size, spread), size, origin, stream)
