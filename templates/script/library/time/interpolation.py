def interpolation(known: np.ndarray, values: np.ndarray) -> Curve:
    """The function np.interp(x, known, values), several times as fast for many x.

    The range of `known` is divided into equal cells, most of them with at most one of its
    points. So the cell of an x gives the point before it, but for a step or two.
    """
    cells = 8 * len(known) / (known[-1] - known[0])
    cell = ((known - known[0]) * cells).astype(np.int64)
    steps = np.bincount(cell).max()
    if steps > 4:  # where points are that close, a binary search is faster
        return lambda x: np.interp(x, known, values)
    before = np.maximum(np.searchsorted(cell, np.arange(cell[-1] + 1)) - 1, 0)
    following = np.append(known[1:], np.inf)
    slope = np.append(np.diff(values) / np.diff(known), 0.0)

    def interpolated(x: np.ndarray) -> np.ndarray:
        x = np.clip(x, known[0], known[-1])
        # fmax turns the NaN of a null into 0: any cell will do.
        point = before[np.fmax((x - known[0]) * cells, 0).astype(np.int64)]
        for _ in range(steps):
            point += x >= following[point]
        return slope[point] * (x - known[point]) + values[point]

    return interpolated
