@cache
def rows_after(table: str) -> np.ndarray:
    """The number of rows of a table after the first load and each batch so far."""
    return ROWS[table] + BATCH_ROWS.get(table, 0) * np.arange(BATCH + 1)
