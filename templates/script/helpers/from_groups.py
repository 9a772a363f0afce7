def from_groups(
    row: np.ndarray,
    stride: int,
    children: Callable[[np.ndarray], np.ndarray],
    column: Callable[[np.ndarray], pl.Series],
) -> pl.Series:
    """A column that is made for whole groups of rows: those in which some rows are."""
    parents, step = np.unique(row // stride), max(1, BLOCK // stride)
    groups = [children(parents[n : n + step]) for n in range(0, len(parents) + 1, step)]
    if np.array_equal(np.concatenate(groups), row):
        return column(row)  # whose values are kept for this block
    values = pl.concat([column(members) for members in groups])
    return values.gather(np.searchsorted(np.concatenate(groups), row))
