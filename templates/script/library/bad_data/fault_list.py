def fault_list(
    table: str, cells: Faults, keys: Callable[[np.ndarray], pl.Series]
) -> pl.DataFrame:
    """The list of a table's faults, by row; a row is identified by its key."""
    place = [np.flatnonzero(bad) for bad in cells.values()]
    order = np.argsort(np.concatenate(place), kind="stable")
    cell = np.repeat(np.arange(len(cells)), [len(rows) for rows in place])[order]
    column, fault = zip(*cells, strict=True)
    return pl.DataFrame(
        {
            "table_name": text_series([table] * len(cell)),
            "row_key": gather(
                concat(as_text(keys(bad)) for bad in cells.values()), order
            ),
            "column_name": gather(text_series(column), cell),
            "fault": gather(text_series(fault), cell),
        }
    )
