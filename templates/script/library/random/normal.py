def normal(u: np.ndarray, mean: Number, sd: Number) -> np.ndarray:
    """Normal; sd is the standard deviation."""
    above_zero(sd=sd)
    return mean + sd * ndtri(u)
