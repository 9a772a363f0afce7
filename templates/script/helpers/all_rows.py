def all_rows(root: str, *below: Callable[[np.ndarray], np.ndarray]) -> Blocks:
    """All rows of a table, in blocks: those of its root, and from each table's rows those below."""
    return in_blocks(range(ROWS[root]), *below)
