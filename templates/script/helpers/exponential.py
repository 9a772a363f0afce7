def exponential(u: np.ndarray, scale: Number) -> pl.Series:
    """Exponential values; scale is their mean."""
    return pl.Series(-scale * np.log1p(-u))
