def case_value(key: pl.Series, cases: Mapping[str, Any]) -> pl.Series:
    """The value of each key's case."""
    values = list(cases.values())
    text = isinstance(values[0], str)
    column = text_series(values) if text else pl.Series(np.array(values))
    return gather(column, case_index(key, cases))
