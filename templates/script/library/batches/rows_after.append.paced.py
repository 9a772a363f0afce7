@cache
def rows_after(table: str) -> np.ndarray:
    """How many rows a table has after each batch so far, the first load first."""
    added = np.full(BATCH, float(BATCH_ROWS.get(table, 0)))
    usual = mean_volume(PACE[table], *window(0)) if table in PACE else 0.0
    if usual:  # a busy batch brings more
        volumes = [mean_volume(PACE[table], *window(n + 1)) for n in range(BATCH)]
        added *= np.array(volumes) / usual
    if ROWS[table] + added.sum() > 2**62:
        raise RuntimeError(f"{table} would have more rows than 64 bits can number")
    return ROWS[table] + np.append(0, np.cumsum(added)).astype(np.int64)
