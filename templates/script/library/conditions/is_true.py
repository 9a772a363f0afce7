def is_true(condition: pl.Series) -> np.ndarray:
    """Where the condition holds; not where it is null."""
    return condition.fill_null(False).to_numpy()
