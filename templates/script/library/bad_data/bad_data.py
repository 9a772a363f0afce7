def bad_data(block: np.ndarray) -> pl.DataFrame:
    """The faults in some of these blocks."""
    if not len(block):
        return next(table.faults(block) for table in TABLES.values() if table.faults)
    return pl.concat(bad_data_block(number) for number in block.tolist())
