@cache
def activity_sigma_of_earlier(
    skew: float, rows: float, size: tuple[int, ...], weight: tuple[float, ...] = (1.0,)
) -> float:
    """The same, where each row points at an earlier one of its own table.

    The first rows are busy whatever the spread: more rows come after them.
    """
    sizes, weights = np.array(size), np.array(weight)
    if not sizes @ weights:
        return 0.0
    n = min(int(sizes.sum()), 200)  # equal parts of the table, in order
    parents = np.repeat(sizes / n, n)
    mean = np.repeat(weights * rows / (sizes @ weights), n)
    place = (
        np.arange(n + 1) / np.arange(1, n + 1)[:, None]
    )  # of all rows before each row

    def share(spread: float) -> float:
        lorenz = ndtr(ndtri(np.minimum(place, 1.0)) + spread)
        activity = np.diff(lorenz, axis=1).sum(axis=0)
        return share_of_busiest(parents, mean * np.tile(activity, len(size)))

    return minimum_sigma(skew, share)
