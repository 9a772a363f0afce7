def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> Blocks:
    """All rows of a table, in blocks: those of its root, and from each table's rows those below.

    Refs keep a number for each of them.
    """
    if ROWS[root] > 1 << 32:
        raise RuntimeError(
            f"{root} has over {1 << 32:,} rows: too many to keep for a ref"
        )
    return row_blocks(range(ROWS[root]), *below)
