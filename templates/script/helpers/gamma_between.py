def gamma_between(
    u: np.ndarray,
    shape: Number,
    scale: Number,
    low: Number = -np.inf,
    high: Number = np.inf,
) -> pl.Series:
    """A gamma law cut at low and high."""
    below = [gammainc(shape, np.maximum(edge, 0) / scale) for edge in (low, high)]
    return pl.Series(np.clip(scale * gammaincinv(shape, stretch(u, *below)), low, high))
