@cache
def estimated_rows(
    root: str,
    *below: Callable[[np.ndarray], np.ndarray],
    case: Callable[[np.ndarray], np.ndarray] | None = None,
    number: int = 0,
) -> float:
    """About how many rows a table has, or how many of a case, projected from a sample.

    `below` leads to them from the rows of the root; `case` gives the case of each row,
    as a number.
    """

    def sample(size: float) -> range:
        """About so many rows of the root, at equal distances."""
        return range(0, ROWS[root], max(1, int(ROWS[root] / size)))

    def projected() -> float:
        rows = sum(map(len, row_blocks(sample(50), *below)))
        roots = sample(np.clip(2e7 / max(1, rows), 50, 10_000))
        found = 0
        for block in row_blocks(roots, *below):
            found += len(block) if case is None else int(np.sum(case(block) == number))
        return max(1.0, found * (ROWS[root] / len(roots)))

    return with_own_memo(projected)
