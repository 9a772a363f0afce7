def exponential(u: np.ndarray, scale: float) -> np.ndarray:
    """Exponential values; scale is their mean."""
    return -scale * np.log1p(-u)
