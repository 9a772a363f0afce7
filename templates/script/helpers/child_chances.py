@cache
def child_chances(mean: float, least: float, most: float) -> np.ndarray:
    """The cumulated chances of so many children: a Poisson law of this mean, cut at both ends."""
    count = np.arange(least, most + 1)
    if least == most:
        return np.ones(1)
    if not least < mean < most:
        sys.exit(
            f"A mean of {mean:g} rows cannot be met between {least:g} and {most:g}"
        )
    low, high = -40.0, 40.0
    for _ in range(80):  # the cut law's mean grows with the rate: halve to find it
        log_rate = (low + high) / 2
        logs = count * log_rate - gammaln(count + 1)
        chances = np.exp(logs - logs.max())
        chances /= chances.sum()
        low, high = (log_rate, high) if chances @ count < mean else (low, log_rate)
    return np.cumsum(chances)
