@cache
def child_chances(mean: float, least: float, most: float) -> np.ndarray:
    """The cumulated chances of so many children: a Poisson law of this mean, cut at both ends."""
    if not (least < mean < most or least == mean == most):
        raise RuntimeError(
            f"A mean of {mean:g} cannot be met between {least:g} and {most:g}"
        )
    count, low, high = np.arange(least, most + 1), -40.0, 40.0
    for _ in range(80):  # the cut law's mean grows with the rate: halve to find it
        log_rate = (low + high) / 2
        chances = softmax(count * log_rate - gammaln(count + 1))
        low, high = (log_rate, high) if chances @ count < mean else (low, log_rate)
    return np.cumsum(chances)
