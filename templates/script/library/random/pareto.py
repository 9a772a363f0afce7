def pareto(u: np.ndarray, a: float, scale: float) -> np.ndarray:
    """Power-law values from scale up; the smaller a, the longer the tail."""
    return scale * np.exp(-np.log1p(-u) / a)
