def grouped(
    rows: np.ndarray,
    by: Weighing,
    come: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Arrays:
    """The rows, those of each group side by side; where each group starts; its weight.

    By the batch in which rows come, each batch has groups of its own, so that a row stays where
    it is.
    """
    group = come(rows) if come else np.zeros(len(rows), np.int64)
    weight = np.ones(BATCH + 1 if come else 1)
    for column, weights in by:
        blocks = np.split(rows, range(BLOCK, len(rows), BLOCK))
        case = np.concatenate([case_of(column(block), weights) for block in blocks])
        group = group * len(weights) + case
        weight = np.outer(weight, list(weights.values())).ravel()
    counts = np.bincount(group, minlength=len(weight))
    return rows[np.argsort(group, kind="stable")], np.append(0, counts.cumsum()), weight
