def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> Blocks:
    """All rows so far of a table, in blocks: its root's, and from each table's rows those below."""
    return in_blocks(range(rows_after(root)[BATCH]), *below)
