def distinct_row(
    stream: str,
    row: np.ndarray,
    stride: int,
    children: Callable[[np.ndarray], np.ndarray],
    draw: Callable[[np.ndarray, np.ndarray], np.ndarray],
    following: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> np.ndarray:
    """Row numbers of another table, distinct among the children of each parent.

    A child whose row an earlier sibling has draws again: this is drawing without
    replacement. After 64 draws, which is rare, it takes the next row that is free.
    """
    child = children(np.unique(row // stride))
    child = row if np.array_equal(child, row) else child  # reuse the block's columns
    parent = np.cumsum(np.diff(child // stride, prepend=0) != 0)
    found = draw(child, child)
    last, open, turn = found.copy(), np.arange(len(child)), 0
    while len(again := open[repeats(parent[open], found[open])]):
        unsettled = np.bincount(parent[again], minlength=len(child) + 1) > 0
        open, turn = open[unsettled[parent[open]]], turn + 1
        if turn < 64:
            number = random(f"{stream}/{turn}", child[again]) * 2.0**52
            last[again] = draw(child[again], number.astype(np.int64))
            found[again] = last[again]
        else:
            found[again] = following(child[again], found[again])
            if (found[again] == last[again]).any():
                raise RuntimeError(
                    f"{stream}: a parent has more children than there are rows"
                )
    return np.append(found, 0)[np.searchsorted(child, row)]
