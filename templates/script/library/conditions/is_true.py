def is_true(condition: pl.Series) -> np.ndarray:
    """Where the condition holds; not where it is null."""
    if condition.has_nulls():
        condition = condition.fill_null(False)
    return condition.to_numpy()
