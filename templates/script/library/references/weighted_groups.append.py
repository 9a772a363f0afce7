def weighted_groups(
    blocks: Blocks,
    by: Weighing,
    come: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Arrays:
    """The rows, those of each group side by side; where each group starts; its weight.

    By the batch in which rows come, each batch has groups of its own, so that a row stays where
    it is.
    """
    weight = np.ones(BATCH + 1 if come else 1)
    for _, weights in by:
        weight = np.outer(weight, list(weights.values())).ravel()

    def group_of(row: np.ndarray) -> np.ndarray:
        group = come(row) if come else np.zeros(len(row), np.int64)
        for column, weights in by:
            group = group * len(weights) + case_index(column(row), weights)
        return group

    return *rows_by_group(blocks, group_of, len(weight)), weight
