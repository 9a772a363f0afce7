def gamma(u: np.ndarray, shape: Number, scale: Number) -> pl.Series:
    """Gamma values; their mean is shape * scale."""
    return pl.Series(scale * gammaincinv(shape, u))
