def stretch(u: np.ndarray, low: Number, high: Number) -> np.ndarray:
    """Draws between 0 and 1 as draws between low and high."""
    return low + u * (high - low)
