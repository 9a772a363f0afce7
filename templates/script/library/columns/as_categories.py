def as_categories(index: np.ndarray, names: Iterable[str]) -> pl.Series:
    """The names at these positions, as an Enum."""
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum(list(names)))
