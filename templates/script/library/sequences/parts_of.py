def parts_of(
    total: pl.Series, group: np.ndarray, u: np.ndarray, evenness: Number, decimals: int
) -> pl.Series:
    """Parts of each group's total, which add up to it to the last decimal.

    Shares follow a Dirichlet distribution: gamma draws, divided by their sum. Their running
    sums are rounded to whole units of the last decimal; a part lies between two of them.
    """
    units = np.rint(np.nan_to_num(as_floats(total)) * 10**decimals)
    if np.abs(units).max(initial=0) > 10**15:  # floats hold 15 digits
        raise RuntimeError(f"a total is too large for parts of {decimals} decimals")
    is_first = np.diff(group, prepend=-1) != 0
    start, member = np.flatnonzero(is_first), np.cumsum(is_first) - 1
    weight = gamma(u, evenness, 1)
    weight = weight / np.maximum.reduceat(weight, start)[member]
    # As whole numbers, whose sums are exact: other groups in the block change no part.
    share = (weight * 2**32).astype(np.int64) + 1
    after, whole = np.cumsum(share), np.add.reduceat(share, start)[member]
    after -= (after - share)[start][member]
    first, last = (np.rint(units * (n / whole)) for n in (after - share, after))
    parts = (last - first).astype(np.int64)
    return pl.Series(parts / 10**decimals if decimals else parts)
