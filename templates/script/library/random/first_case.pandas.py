def first_case(cases: Mapping[str, pd.Series], otherwise: str) -> pd.Series:
    """The name of the first case that holds."""
    holds = [case.fillna(False).to_numpy(bool) for case in cases.values()]
    index = np.select(holds, list(range(len(cases))), len(cases))
    return gather(texts([*cases, otherwise]), index)
