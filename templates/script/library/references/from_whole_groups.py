def from_whole_groups(
    row: np.ndarray,
    stride: int,
    children: Callable[[np.ndarray], np.ndarray],
    group: Callable[[np.ndarray], Any],
    part: int | None = None,
) -> pl.Series:
    """The values of a column that is computed for all children of a parent at once.

    `part` is the position of the column if `group` computes several.
    """

    def column(members: np.ndarray) -> pl.Series:
        values: pl.Series = group(members) if part is None else group(members)[part]
        return values

    last = BLOCK_VALUES.get(get_ident(), {})
    if any(members is row for _, members in last.get(children, ())):
        return column(row)
    for members, _ in last.get(group, ()):  # computed for this block already
        index = np.searchsorted(members, row)
        if len(members) and np.array_equal(np.take(members, index, mode="clip"), row):
            return gather(column(members), index)
    parents, step = np.unique(row // stride), max(1, BLOCK // stride)
    groups = [children(parents[n : n + step]) for n in range(0, len(parents) + 1, step)]
    members = np.concatenate(groups)
    if np.array_equal(members, row):
        return column(row)
    values = concat(column(group_rows) for group_rows in groups)
    if not len(values):  # every ref is null, and the first parent has no rows
        return no_values(values, len(row))
    return gather(values, np.searchsorted(members, row))
