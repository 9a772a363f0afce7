def case_value(key: pl.Series, cases: Mapping[str, object]) -> pl.Series:
    """The value of the case that each key names."""
    return pl.Series(np.array(list(cases.values()))).gather(case_index(key, cases))
