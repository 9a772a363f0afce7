def new_rows(table: str) -> range:
    """The rows of a table that the batch brings; of GRIDS, all so far that it goes on for."""
    edges = [0, *rows_after(GRIDS.get(table, table)).tolist()]
    return range(0 if table in GRIDS else edges[BATCH], edges[BATCH + 1])
