def with_faults(table: str, row: np.ndarray, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table as they are written: with faults in some cells."""
    columns = {name: frame[name] for name in frame.columns}
    for (column, fault), bad in faults_of(table, row).items():
        if column in columns:
            columns[column] = bad_cells(fault, columns[column], bad)
    return pl.DataFrame(columns)
