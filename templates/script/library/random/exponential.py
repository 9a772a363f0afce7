def exponential(u: np.ndarray, scale: float) -> np.ndarray:
    """Exponential; scale is the mean."""
    return -scale * np.log1p(-u)
