def quantile_by_case(
    u: np.ndarray, key: pl.Series, cases: Cases, draw: Quantile, *law: Quantile
) -> np.ndarray:
    """Draws by the parameters of the case that each key names."""
    case, drawn = case_index(key, cases), np.empty(len(u))
    for n, given in enumerate(cases.values()):
        drawn[case == n] = draw(u[case == n], *law, **given)
    return drawn
