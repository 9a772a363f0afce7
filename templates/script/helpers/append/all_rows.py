@cache
def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """All rows so far of a table: those of its root, and from each table's rows those below."""
    rows = np.arange(rows_after(root)[BATCH])
    for children_of in below:
        rows = children_of(rows)
    return rows
