def exponential_between(
    u: np.ndarray, scale: Number, low: Number = -np.inf, high: Number = np.inf
) -> pl.Series:
    """An exponential law cut at low and high."""
    below = [-np.expm1(-np.maximum(edge, 0) / scale) for edge in (low, high)]
    return pl.Series(np.clip(-scale * np.log1p(-stretch(u, *below)), low, high))
