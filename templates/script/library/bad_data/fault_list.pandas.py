def fault_list(
    table: str, cells: Faults, keys: Callable[[np.ndarray], pd.Series]
) -> pd.DataFrame:
    """The answer key's lines for a table's faults, in the order of its rows.

    Rows are named by their keys as they are written.
    """
    parts = []
    for (column, fault), has in cells.items():
        key = as_text(keys(has))
        names = {"table_name": table, "column_name": column, "fault": fault}
        part = {name: as_series(text, len(key)) for name, text in names.items()}
        parts.append(pd.DataFrame({"row_key": key, **part}))
    lines = pd.concat(parts)
    place = np.concatenate([np.flatnonzero(has) for has in cells.values()])
    lines = lines.take(np.argsort(place, kind="stable")).reset_index(drop=True)
    return lines[["table_name", "row_key", "column_name", "fault"]]
