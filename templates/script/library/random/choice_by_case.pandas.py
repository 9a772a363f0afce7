def choice_by_case(u: np.ndarray, key: pd.Series, cases: Cases) -> pd.Series:
    """The category that each draw falls in, by the weights of the case that its key names."""
    values = list(dict.fromkeys(value for case in cases.values() for value in case))
    weights = [[case.get(value, 0.0) for value in values] for case in cases.values()]
    edges = np.cumsum(weights, axis=1, dtype=float)
    edges /= edges[:, -1:]
    index = np.count_nonzero(u[:, None] >= edges[case_index(key, cases)], axis=1)
    return gather(texts(values), index)
