def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> Blocks:
    """All rows of a table in blocks; `below` leads to them from its root's rows."""
    if ROWS[root] > 1 << 32:  # a ref keeps a number for each of them in memory
        raise RuntimeError(
            f"{root} has over {1 << 32:,} rows, too many for a ref: edit ROWS"
        )
    return row_blocks(range(ROWS[root]), *below)
