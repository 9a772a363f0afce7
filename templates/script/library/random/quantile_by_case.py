def quantile_by_case(
    u: np.ndarray, key: pl.Series, cases: Cases, quantile: Quantile, *more: Quantile
) -> np.ndarray:
    """Values of a distribution with the parameters of each key's case."""
    index, values = case_index(key, cases), np.empty(len(u))
    for n, parameters in enumerate(cases.values()):
        rows = np.flatnonzero(index == n)
        values[rows] = quantile(u[rows], *more, **parameters)
    return values
