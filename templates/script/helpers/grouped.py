def grouped(rows: Candidates, by: Weighing) -> Arrays:
    """The rows, those of each group side by side; where each group starts; its weight."""
    rows = np.arange(rows) if isinstance(rows, int) else rows
    group, weight = np.zeros(len(rows), np.int64), np.ones(1)
    for column, weights in by:
        blocks = np.split(rows, range(BLOCK, len(rows), BLOCK))
        case = np.concatenate([case_of(column(block), weights) for block in blocks])
        group = group * len(weights) + case
        weight = np.outer(weight, list(weights.values())).ravel()
    counts = np.bincount(group, minlength=len(weight))
    return rows[np.argsort(group, kind="stable")], np.append(0, counts.cumsum()), weight
