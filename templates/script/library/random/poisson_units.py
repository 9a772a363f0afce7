def poisson_units(u: np.ndarray, lam: float, unit: float) -> np.ndarray:
    """A Poisson number of units; lam is the mean number."""
    return poisson(u, lam) * unit
