def choice_by_case(u: np.ndarray, key: pl.Series, cases: Cases) -> pl.Series:
    """Categories in proportion to the weights of each key's case."""
    values = list(dict.fromkeys(value for case in cases.values() for value in case))
    weights = [[case.get(value, 0.0) for value in values] for case in cases.values()]
    edges = np.cumsum(weights, axis=1, dtype=float)
    edges /= edges[:, -1:]
    case, index = case_index(key, cases), np.zeros(len(u), np.int64)
    for edge in edges.T:  # of each case
        index += u >= edge[case]
    return as_categories(index, values)
