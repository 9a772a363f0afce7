def rows_of_root(root: str) -> range:
    """The rows that a run computes, of a table from which others are computed."""
    return range(ROWS[root])
