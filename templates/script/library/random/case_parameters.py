def case_parameters(key: pl.Series, cases: Cases) -> dict[str, np.ndarray]:
    """The parameters of each row: those of the case that its key names."""
    case, names = case_index(key, cases), next(iter(cases.values()))
    return {name: np.array([c[name] for c in cases.values()])[case] for name in names}
