def gamma(u: np.ndarray, shape: float, scale: float) -> np.ndarray:
    """Gamma; the mean is shape * scale."""
    above_zero(shape=shape, scale=scale)
    return scale * gammaincinv(shape, u)
