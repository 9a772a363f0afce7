def case_index(key: pl.Series, cases: Collection[str]) -> np.ndarray:
    """The position of each key among the cases; `otherwise` is for all other keys."""
    places = {name: n for n, name in enumerate(cases)}
    other = places.get("otherwise", -1)
    known = (
        list(key.dtype.categories) if isinstance(key.dtype, pl.Enum) else list(cases)
    )
    if other >= 0 and (unused := set(cases) - set(known) - {"otherwise"}):
        raise RuntimeError(
            f"Cases {sorted(unused)} never occur: the values are {known}"
        )
    if key.has_nulls() or not isinstance(key.dtype, pl.Enum):
        found = key.cast(pl.String).cast(pl.Enum(list(cases)), strict=False)
        codes = found.to_physical().cast(pl.Int64)
        index = (codes.fill_null(other) if codes.has_nulls() else codes).to_numpy()
    else:
        place = np.array([places.get(name, other) for name in known])
        index = place[key.to_physical().to_numpy()]
    if index.min(initial=0) < 0:
        unknown = key[int(index.argmin())]
        raise RuntimeError(f"No case for {unknown!r} in {list(cases)}: add it")
    return index
