def text_by(key: pl.Series, cases: Mapping[str, str]) -> pl.Series:
    """The text of the case that each key names."""
    return pl.Series(list(cases.values())).gather(case_of(key, cases))
