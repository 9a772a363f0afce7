def exponential(u: np.ndarray, scale: Number) -> np.ndarray:
    """Exponential; scale is the mean."""
    above_zero(scale=scale)
    return -scale * np.log1p(-u)
