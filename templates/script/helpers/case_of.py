def case_of(key: pl.Series, cases: Iterable[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0."""
    return key.cast(pl.Enum(list(cases))).to_physical().to_numpy()
