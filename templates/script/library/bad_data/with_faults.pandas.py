def with_faults(table: str, row: np.ndarray, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table as they are written: faults on top of the clean cells."""
    for (column, fault), has in faults_of(table, row).items():
        if column in frame:
            frame[column] = bad_cells(fault, frame[column], has)
    return frame
