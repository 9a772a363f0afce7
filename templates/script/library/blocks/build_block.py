def build_block(table: str, row: np.ndarray) -> pl.DataFrame:
    """The rows of a table's block, computed in chunks: their arrays fit a CPU's cache."""
    size, chunks = max(1, block_rows(table) * CHUNK // BLOCK), []
    for start in range(0, max(1, len(row)), size):
        try:
            chunks.append(TABLES[table].build(row[start : start + size]))
        finally:
            BLOCK_VALUES.pop(get_ident(), None)
    return stack(chunks)
