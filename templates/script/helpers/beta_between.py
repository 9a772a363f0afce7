def beta_between(
    u: np.ndarray, a: Number, b: Number, low: Number = -np.inf, high: Number = np.inf
) -> pl.Series:
    """A beta law cut at low and high."""
    below = [betainc(a, b, np.clip(edge, 0, 1)) for edge in (low, high)]
    return pl.Series(np.clip(betaincinv(a, b, stretch(u, *below)), low, high))
