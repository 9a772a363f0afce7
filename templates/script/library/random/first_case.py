def first_case(cases: Mapping[str, pl.Series], otherwise: str) -> pl.Series:
    """The name of the first case that holds."""
    holds = [case.fill_null(False).to_numpy() for case in cases.values()]
    index = np.select(holds, list(range(len(cases))), len(cases))
    return pl.Series(index.astype(np.uint32)).cat.to(pl.Enum([*cases, otherwise]))
