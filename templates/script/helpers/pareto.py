def pareto(u: np.ndarray, a: Number, scale: Number) -> pl.Series:
    """Power-law values from scale up; the smaller a, the longer the tail."""
    return pl.Series(scale * np.exp(-np.log1p(-u) / a))
