def from_groups(
    row: np.ndarray,
    stride: int,
    children: Callable[[np.ndarray], np.ndarray],
    column: Callable[[np.ndarray], pl.Series],
) -> pl.Series:
    """A column that the whole groups make in which some rows are."""
    members = children(np.unique(row // stride))
    return column(members).gather(np.searchsorted(members, row))
