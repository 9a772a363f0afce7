@cache
def activity_sigma(
    skew: float, rows: float, size: tuple[int, ...], weight: tuple[float, ...] = (1.0,)
) -> float:
    """The standard deviation of log activity that gives this skew.

    skew is the share of the rows that the busiest 20 % of the parents get. size and
    weight are those of groups of parents. Within a group, activity is log-normal; the
    number of a parent's rows is Poisson, which adds to the skew. The result is 0 if
    weights and chance alone give the share.
    """
    sizes, weights = np.array(size), np.array(weight)
    if not sizes @ weights:
        return 0.0
    ranks = np.clip(sizes, 1, max(20, 2_000 // len(size)))  # equal parts of each group
    parents = np.repeat(sizes / ranks, ranks)
    mean = np.repeat(weights * rows / (sizes @ weights), ranks)

    def share(sigma: float) -> float:
        lorenz = [ndtr(ndtri(np.linspace(0, 1, n + 1)) + sigma) for n in ranks]
        activity = [n * np.diff(curve) for n, curve in zip(ranks, lorenz, strict=True)]
        return share_of_busiest(parents, mean * np.concatenate(activity))

    return minimum_sigma(skew, share)
