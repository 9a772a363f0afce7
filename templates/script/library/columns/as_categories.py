def as_categories(index: np.ndarray, names: Iterable[str]) -> pl.Series:
    """The names at these positions."""
    return gather(categories(tuple(names)), index)
