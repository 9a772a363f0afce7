@cache
def expected_rows(
    root: str,
    *below: Callable[[np.ndarray], np.ndarray],
    case: Callable[[np.ndarray], np.ndarray] | None = None,
    number: int = 0,
) -> float:
    """About how many rows a table has, or how many of a case, projected from a sample.

    `below` leads from the rows of its root to its own; `case` numbers the case of each row.
    """

    def sampled(size: float) -> tuple[np.ndarray, float]:
        """The rows of a sample of the root, and how many rows each of them is taken for."""
        rows = root_rows = np.arange(0, ROWS[root], max(1, int(ROWS[root] / size)))
        for children_of in below:
            rows = children_of(rows)
        return rows, ROWS[root] / len(root_rows)

    rows, times = sampled(50)
    rows, times = sampled(np.clip(2e7 / max(1, len(rows)), 50, 10_000))
    found = len(rows) if case is None else np.count_nonzero(case(rows) == number)
    return max(1.0, found * times)
