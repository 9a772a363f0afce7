def new_rows(table: str) -> range:
    """The rows of a table that BATCH adds; for GRIDS, all rows so far of the root."""
    edges = [0, *rows_after(GRIDS.get(table, table)).tolist()]
    return range(0 if table in GRIDS else edges[BATCH], edges[BATCH + 1])
