def gather(values: pd.Series, index: np.ndarray) -> pd.Series:
    """The values at these positions, with a new index."""
    return values.take(index).reset_index(drop=True)
