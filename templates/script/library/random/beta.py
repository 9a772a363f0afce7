def beta(u: np.ndarray, a: Number, b: Number) -> np.ndarray:
    """Beta, between 0 and 1; the mean is a / (a + b)."""
    above_zero(a=a, b=b)
    return betaincinv(a, b, u)
