def with_faults(table: str, row: np.ndarray, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of a table as they are written: faults on top of the clean cells."""
    for (column, fault), has in faults_of(table, row).items():
        if column in frame.columns:
            clean = frame[column]
            cells = pl.when(pl.Series(has)).then(bad_cells(fault, clean))
            frame = frame.with_columns(cells.otherwise(clean).alias(column))
    return frame
