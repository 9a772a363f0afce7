def first_case(cases: Mapping[str, pl.Series], otherwise: str) -> pl.Series:
    """The name of the first case whose condition holds."""
    holds = [is_true(condition) for condition in cases.values()]
    index = np.select(holds, list(range(len(cases))), len(cases))
    return as_categories(index, [*cases, otherwise])
