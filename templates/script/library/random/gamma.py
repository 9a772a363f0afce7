def gamma(u: np.ndarray, shape: Number, scale: Number) -> np.ndarray:
    """Gamma; the mean is shape * scale."""
    above_zero(shape=shape, scale=scale)
    return scale * gammaincinv(shape, u)
