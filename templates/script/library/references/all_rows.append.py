def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> Blocks:
    """All rows so far of a table, in blocks: its root's, and from each table's rows those below.

    Refs keep a number for each of them.
    """
    rows = rows_after(root)[BATCH]
    if rows > 1 << 32:
        raise RuntimeError(
            f"{root} has over {1 << 32:,} rows: too many to keep for a ref"
        )
    return row_blocks(range(rows), *below)
