def new_rows(table: str) -> range:
    """The rows of a table that BATCH adds."""
    edges = [0, *rows_after(table).tolist()]
    return range(edges[BATCH], edges[BATCH + 1])
