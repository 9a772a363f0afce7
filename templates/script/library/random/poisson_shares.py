@cache
def poisson_shares(lam: float) -> np.ndarray:
    """The probabilities of at most 0, 1, 2, ...; larger numbers never occur."""
    above_zero(lam=lam)
    return pdtr(np.arange(lam + 10 * math.sqrt(lam) + 30), lam)
