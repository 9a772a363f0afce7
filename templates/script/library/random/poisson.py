def poisson(u: np.ndarray, lam: float) -> np.ndarray:
    """Poisson; lam is the mean."""
    above_zero(lam=lam)
    counts = np.arange(lam + 10 * math.sqrt(lam) + 30)  # what is above never occurs
    return np.searchsorted(pdtr(counts, lam), u)
