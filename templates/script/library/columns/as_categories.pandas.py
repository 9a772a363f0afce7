def as_categories(index: np.ndarray, names: Iterable[str]) -> pd.Series:
    """The names at these positions."""
    return gather(text_series(names), index)
