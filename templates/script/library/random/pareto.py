def pareto(u: np.ndarray, a: Number, scale: Number) -> np.ndarray:
    """Pareto; scale is the minimum, and the tail is longer for a smaller exponent a."""
    above_zero(a=a, scale=scale)
    return scale * np.exp(-np.log1p(-u) / a)
