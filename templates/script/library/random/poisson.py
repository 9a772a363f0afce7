def poisson(u: np.ndarray, lam: float) -> np.ndarray:
    """Counts of independent events, lam of them on average."""
    most = lam + 10 * math.sqrt(lam) + 30  # what lies above is below all precision
    return np.searchsorted(pdtr(np.arange(most), lam), u)
