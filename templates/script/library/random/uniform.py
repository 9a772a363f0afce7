def uniform(u: np.ndarray, low: Number, high: Number) -> np.ndarray:
    """Uniform from low to high."""
    if np.any(low > high):
        raise RuntimeError(f"low is {low}, above high, which is {high}")
    return low + u * (high - low)
