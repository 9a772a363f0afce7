def child_rows(parent: np.ndarray, count: np.ndarray, stride: int) -> np.ndarray:
    """The row numbers of the parents' children: parent * stride + position."""
    count = count.astype(np.int64)
    first = np.cumsum(count) - count
    position = np.arange(count.sum()) - np.repeat(first, count)
    return np.repeat(parent * stride, count) + position
