def is_true(condition: pd.Series) -> np.ndarray:
    """Where the condition holds; not where it is null."""
    return condition.fillna(False).to_numpy(bool)
