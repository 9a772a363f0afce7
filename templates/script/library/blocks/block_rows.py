def block_rows(table: str) -> int:
    """How many rows of its root a table's block is built from."""
    return max(1, BLOCK // TABLES[table].per_row)
