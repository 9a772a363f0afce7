def case_index(key: pl.Series, cases: Collection[str]) -> np.ndarray:
    """The position of each key among the cases; `otherwise` is for all other keys."""
    names = key.cast(pl.String) if key.dtype == pl.Boolean else key
    index = names.cast(pl.Enum(list(cases)), strict=False)
    if "otherwise" in cases:
        known = getattr(key.dtype, "categories", cases)
        if unused := set(cases) - set(known) - {"otherwise"}:
            raise RuntimeError(
                f"Cases {sorted(unused)} never occur: the values are {list(known)}"
            )
        index = index.fill_null("otherwise")
    if index.has_nulls():
        unknown = key.filter(index.is_null())[0]
        raise RuntimeError(f"No case for {unknown!r} in {list(cases)}: add it")
    return index.to_physical().to_numpy()
