@cache
def activity_sigma(
    skew: float, rows: float, size: tuple[int, ...], weight: tuple[float, ...] = (1.0,)
) -> float:
    """The standard deviation of log activity at which parents are as skewed as asked for.

    skew is the share of the rows that the busiest 20 % of the parents have. size and weight
    are those of groups of parents. The result is 0 if weights and chance give the share.
    """
    sizes, weights = np.array(size), np.array(weight)
    if not sizes @ weights:
        return 0.0
    ranks = np.clip(sizes, 1, max(20, 2_000 // len(size)))  # equal parts of a group
    parents = np.repeat(sizes / ranks, ranks)
    mean = np.repeat(weights * rows / (sizes @ weights), ranks)

    def share(spread: float) -> float:
        lorenz = [ndtr(ndtri(np.linspace(0, 1, n + 1)) + spread) for n in ranks]
        activity = [n * np.diff(curve) for n, curve in zip(ranks, lorenz, strict=True)]
        return share_of_busiest(parents, mean * np.concatenate(activity))

    return minimum_sigma(skew, share)
