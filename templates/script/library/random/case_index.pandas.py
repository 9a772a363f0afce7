def case_index(key: pd.Series, cases: Collection[str]) -> np.ndarray:
    """Which of the cases each key names, counted from 0; `otherwise` is for all others."""
    boolean = pd.api.types.is_bool_dtype(key)
    names = key.map({True: "true", False: "false"}) if boolean else key
    known = list(cases)
    case = pd.Index(known).get_indexer(pd.Index(names))
    if "otherwise" in cases:
        case = np.where(case < 0, known.index("otherwise"), case)
    if (case < 0).any():
        raise RuntimeError(f"No case for {key[case < 0].iloc[0]!r} in {known}")
    return case
