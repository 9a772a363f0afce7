def bad_data_blocks() -> range:
    """The blocks of rows in which faults are found, numbered through the tables."""
    blocks = 0
    for table in TABLES.values():
        size = max(1, BLOCK // table.per_row)
        blocks += len(rows_of_root(table.root)[::size]) if table.faults else 0
    return range(blocks)
