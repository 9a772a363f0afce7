def beta(u: np.ndarray, a: float, b: float) -> np.ndarray:
    """Beta values, between 0 and 1; their mean is a / (a + b)."""
    return betaincinv(a, b, u)
