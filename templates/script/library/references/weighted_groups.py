def weighted_groups(
    blocks: Blocks,
    by: ColumnWeights,
    batch_of_rows: Callable[[np.ndarray], np.ndarray] | None = None,
    batches: int = 1,
) -> Arrays:
    """The rows, sorted by group and then number; where each group starts; its weight.

    A group has the same values in the columns `by`, and its rows are of the same batch.
    """
    weight = np.ones(batches)
    for _, weights in by:
        weight = np.outer(weight, checked_weights(weights)).ravel()

    def group_of(row: np.ndarray) -> np.ndarray:
        group = batch_of_rows(row) if batch_of_rows else np.zeros(len(row), np.int64)
        for column, weights in by:
            group = group * len(weights) + case_index(column(row), weights)
        return group

    return *rows_by_group(blocks, group_of, len(weight)), weight
