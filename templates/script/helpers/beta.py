def beta(u: np.ndarray, a: Number, b: Number) -> pl.Series:
    """Beta values, between 0 and 1; their mean is a / (a + b)."""
    return pl.Series(betaincinv(a, b, u))
