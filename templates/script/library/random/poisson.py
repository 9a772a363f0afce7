def poisson(u: np.ndarray, lam: float) -> np.ndarray:
    """Poisson; lam is the mean."""
    return np.searchsorted(poisson_shares(lam), u)
