@cache
def poisson_shares(lam: float) -> np.ndarray:
    """The shares of Poisson numbers up to 0, 1, 2, ...: up to what never occurs."""
    above_zero(lam=lam)
    return pdtr(np.arange(lam + 10 * math.sqrt(lam) + 30), lam)
