def normal(u: np.ndarray, mean: float, sd: float) -> np.ndarray:
    """Values of a normal law."""
    return mean + sd * ndtri(u)
