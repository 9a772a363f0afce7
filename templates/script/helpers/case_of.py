def case_of(key: pl.Series, cases: Iterable[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0; of a boolean, true or false."""
    names = key.cast(pl.String) if key.dtype == pl.Boolean else key
    return names.cast(pl.Enum(list(cases))).to_physical().to_numpy()
