def weighted_groups(blocks: Blocks, by: Weighing) -> Arrays:
    """The rows, those of each group side by side; where each group starts; its weight."""
    weight = np.ones(1)
    for _, weights in by:
        weight = np.outer(weight, list(weights.values())).ravel()

    def group_of(row: np.ndarray) -> np.ndarray:
        group = np.zeros(len(row), np.int64)
        for column, weights in by:
            group = group * len(weights) + case_index(column(row), weights)
        return group

    return *rows_by_group(blocks, group_of, len(weight)), weight
