def waves_by_case(
    key: pl.Series, cases: Mapping[str, Sequence[Mapping[str, float]]]
) -> list[dict[str, np.ndarray]]:
    """The waves of each key's case; a case with fewer waves has flat ones as well."""
    flat = {"period": 1.0, "amplitude": 0.0, "peak": 0.0}
    waves = zip_longest(*cases.values(), fillvalue=flat)
    return [case_parameters(key, dict(zip(cases, wave, strict=True))) for wave in waves]
