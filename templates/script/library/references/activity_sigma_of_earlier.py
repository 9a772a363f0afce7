@cache
def activity_sigma_of_earlier(
    skew: float, rows: float, size: tuple[int, ...], weight: tuple[float, ...] = (1.0,)
) -> float:
    """The same for a table whose rows refer to earlier rows of the table itself.

    The first rows are busy for any sigma: more rows come after them.
    """
    sizes, weights = np.array(size), np.array(weight)
    if not sizes @ weights:
        return 0.0
    n = min(int(sizes.sum()), 200)  # equal parts of the table, in order
    parents = np.repeat(sizes / n, n)
    mean = np.repeat(weights * rows / (sizes @ weights), n)
    before = np.arange(n + 1) / np.arange(1, n + 1)[:, None]  # share of earlier rows

    def share(sigma: float) -> float:
        lorenz = ndtr(ndtri(np.minimum(before, 1.0)) + sigma)
        activity = np.diff(lorenz, axis=1).sum(axis=0)
        return share_of_busiest(parents, mean * np.tile(activity, len(size)))

    return minimum_sigma(skew, share)
