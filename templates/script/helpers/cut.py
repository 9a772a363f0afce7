def cut(
    u: np.ndarray, law: Law, low: float = -np.inf, high: float = np.inf, **given: float
) -> np.ndarray:
    """A law's values between low and high: draws from the share of it that lies there."""
    steps = range(2**53)
    first = bisect_left(steps, low, key=lambda n: float(law(n / 2**53, **given)))
    last = bisect_right(steps, high, key=lambda n: float(law(n / 2**53, **given)))
    return np.clip(law((first + u * (last - first)) / 2**53, **given), low, high)
