def block_rows(table: str) -> int:
    """How many rows of its root a table's block is built from."""
    rows = max(1, BLOCK // TABLES[table].per_row)
    if BATCH and table in GRIDS:  # a batch's part of a grid is so much shorter
        rows = round(rows * ((to_utc(END) - to_utc(START)) / PERIOD))
    return rows
