def draws(table: str, row: np.ndarray) -> Callable[[str], np.ndarray]:
    """The draws for some rows of a table, by the column's name; by another one, others."""
    return lambda column: uniform(f"{table}.{column}", row)
