@cache
def rows_after(table: str) -> np.ndarray:
    """The number of rows of a table after the first load and each batch so far."""
    added = np.full(BATCH, float(BATCH_ROWS.get(table, 0)))
    usual = mean_volume(PACE[table], *window(0)) if table in PACE else 0.0
    if usual:  # a batch adds more rows when there is more volume
        volumes = [mean_volume(PACE[table], *window(n + 1)) for n in range(BATCH)]
        added *= np.array(volumes) / usual
    if ROWS[table] + added.sum() > 2**62:
        raise RuntimeError(
            f"{table} would have more rows than 64 bits can number: reduce BATCH_ROWS"
        )
    return ROWS[table] + np.append(0, np.cumsum(added)).astype(np.int64)
