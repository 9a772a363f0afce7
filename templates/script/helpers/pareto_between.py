def pareto_between(
    u: np.ndarray,
    a: Number,
    scale: Number,
    low: Number = -np.inf,
    high: Number = np.inf,
) -> pl.Series:
    """A power law cut at low and high."""
    below = [
        -np.expm1(a * (np.log(scale) - np.log(np.maximum(edge, scale))))
        for edge in (low, high)
    ]
    within = stretch(u, *below)
    return pl.Series(np.clip(scale * np.exp(-np.log1p(-within) / a), low, high))
