def from_whole_groups(
    row: np.ndarray,
    stride: int,
    children: Callable[[np.ndarray], np.ndarray],
    group: Callable[[np.ndarray], Any],
    part: int | None = None,
) -> pd.Series:
    """A column that is computed for all rows of a parent at once: those rows' values.

    `part`: which of the columns that are computed together.
    """

    def column(members: np.ndarray) -> pd.Series:
        values: pd.Series = group(members) if part is None else group(members)[part]
        return values

    last = BLOCK_VALUES.get(get_ident(), {})
    if any(members is row for _, members in last.get(children, ())):
        return column(row)
    for members, _ in last.get(group, ()):  # computed for this block already
        place = np.searchsorted(members, row)
        found = (
            members[np.minimum(place, len(members) - 1)] if len(members) else members
        )
        if np.array_equal(found, row):
            values = column(members)
            return gather(values, place)
    parents, step = np.unique(row // stride), max(1, BLOCK // stride)
    groups = [children(parents[n : n + step]) for n in range(0, len(parents) + 1, step)]
    if np.array_equal(np.concatenate(groups), row):
        return column(row)
    values = pd.concat([column(members) for members in groups])
    place = np.searchsorted(np.concatenate(groups), row)
    return gather(values, place)
