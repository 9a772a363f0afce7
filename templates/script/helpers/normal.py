def normal(u: np.ndarray, mean: Number, sd: Number) -> pl.Series:
    """Values of a normal law."""
    return pl.Series(mean + sd * ndtri(u))
