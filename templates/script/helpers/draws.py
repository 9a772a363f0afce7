def draws(table: str, row: np.ndarray) -> Callable[[str], np.ndarray]:
    """Draws for some rows of a table, by name: one name for one column, or the two go together."""
    return lambda column: uniform(f"{table}.{column}", row)
