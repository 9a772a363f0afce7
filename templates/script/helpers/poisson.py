def poisson(u: np.ndarray, lam: Number) -> pl.Series:
    """Counts of independent events, lam of them on average."""
    return poisson_between(u, lam)
