def case_parameters(key: pl.Series, cases: Cases) -> dict[str, np.ndarray]:
    """The parameters of each key's case."""
    index, names = case_index(key, cases), next(iter(cases.values()))
    return {
        name: np.array([case[name] for case in cases.values()])[index] for name in names
    }
