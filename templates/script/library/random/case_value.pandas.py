def case_value(key: pd.Series, cases: Mapping[str, object]) -> pd.Series:
    """The value of the case that each key names."""
    values = list(cases.values())
    dtype = TEXT if isinstance(values[0], str) else None
    return gather(pd.Series(values, dtype=dtype), case_index(key, cases))
