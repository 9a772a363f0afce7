def uniform(u: np.ndarray, low: float, high: float) -> np.ndarray:
    """Uniform from low to high."""
    return low + u * (high - low)
