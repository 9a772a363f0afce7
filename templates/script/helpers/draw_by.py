def draw_by(
    u: np.ndarray, key: pl.Series, cases: Cases, draw: Law, *law: Law
) -> np.ndarray:
    """Draws by the parameters of the case that each key names."""
    case, drawn = case_of(key, cases), np.empty(len(u))
    for n, given in enumerate(cases.values()):
        drawn[case == n] = draw(u[case == n], *law, **given)
    return drawn
