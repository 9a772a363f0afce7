def compute_once(
    key: object, row: np.ndarray, compute: Callable[[np.ndarray], Values]
) -> Values:
    """The values for these rows, computed once for each of the last few arrays."""
    last = BLOCK_VALUES.setdefault(get_ident(), {}).setdefault(key, [])
    for known, values in last:
        if known is row:
            return values
    computed = compute(row)
    last.insert(0, (row, computed))
    del last[4:]  # a table with a ref to itself reads two arrays in turn
    return computed
