def by(
    key: pl.Series, cases: Mapping[str, Mapping[str, float]]
) -> dict[str, np.ndarray]:
    """The parameters of each row: those of the case that its key names."""
    case = case_of(key, cases)
    names = next(iter(cases.values()))
    return {name: np.array([c[name] for c in cases.values()])[case] for name in names}
