def bad_data_block(number: int) -> pl.DataFrame:
    """The faults in one of these blocks."""
    for table in TABLES.values():
        if table.faults:
            rows, size = rows_of_root(table.root), max(1, BLOCK // table.per_row)
            if part := rows[number * size : (number + 1) * size]:
                return table.faults(np.arange(part.start, part.stop))
            number -= len(rows[::size])
    raise IndexError(number)
