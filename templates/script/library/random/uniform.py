def uniform(u: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values between low and high, all alike."""
    return low + u * (high - low)
