def case_index(key: pd.Series, cases: Collection[str]) -> np.ndarray:
    """The position of each key among the cases; `otherwise` is for all other keys."""
    boolean = pd.api.types.is_bool_dtype(key)
    names = key.map({True: "true", False: "false"}) if boolean else key
    known = list(cases)
    index = pd.Index(known).get_indexer(pd.Index(names))
    if "otherwise" in cases:
        index = np.where(index < 0, known.index("otherwise"), index)
    if (index < 0).any():
        raise RuntimeError(f"No case for {key[index < 0].iloc[0]!r} in {known}: add it")
    return index
