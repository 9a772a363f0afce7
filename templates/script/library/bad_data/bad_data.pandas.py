def bad_data(block: np.ndarray) -> pd.DataFrame:
    """The faults in some of these blocks."""
    if not len(block):
        return next(table.faults(block) for table in TABLES.values() if table.faults)
    frames = (bad_data_block(number) for number in block.tolist())
    return pd.concat(frames, ignore_index=True)
