@cache
def poisson_with_mean(mean: float, minimum: float, maximum: float) -> np.ndarray:
    """Cumulative probabilities of minimum ... maximum; see truncated_poisson."""
    if not (minimum < mean < maximum or minimum == mean == maximum):
        raise RuntimeError(
            f"The mean {mean:g} is not between {minimum:g} and {maximum:g}: edit one"
        )
    count, low, high = np.arange(minimum, maximum + 1), -40.0, 40.0
    for _ in range(80):  # bisection: the mean grows with the rate
        log_rate = (low + high) / 2
        probability = softmax(count * log_rate - gammaln(count + 1))
        low, high = (log_rate, high) if probability @ count < mean else (low, log_rate)
    return np.cumsum(probability)
