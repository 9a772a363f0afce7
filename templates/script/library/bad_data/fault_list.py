def fault_list(
    table: str, cells: Faults, keys: Callable[[np.ndarray], pl.Series]
) -> pl.DataFrame:
    """The answer key's lines for a table's faults, in the order of its rows.

    Rows are named by their keys as they are written.
    """
    lines = pl.concat(
        pl.DataFrame({"row_key": keys(has).cast(pl.String)}).with_columns(
            table_name=pl.lit(table), column_name=pl.lit(column), fault=pl.lit(fault)
        )
        for (column, fault), has in cells.items()
    )
    place = np.concatenate([np.flatnonzero(has) for has in cells.values()])
    lines = lines[np.argsort(place, kind="stable")]
    return lines.select("table_name", "row_key", "column_name", "fault")
