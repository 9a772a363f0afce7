def triangular_between(
    u: np.ndarray,
    left: Number,
    mode: Number,
    right: Number,
    low: Number = -np.inf,
    high: Number = np.inf,
) -> pl.Series:
    """A triangular law cut at low and high."""

    def below(edge: Number) -> Number:
        edge, width = np.clip(edge, left, right), right - left
        rising = (edge - left) ** 2 / (width * np.maximum(mode - left, 1e-300))
        falling = 1 - (right - edge) ** 2 / (width * np.maximum(right - mode, 1e-300))
        return np.where(edge < mode, rising, np.where(edge < right, falling, 1.0))

    values = triangular(stretch(u, below(low), below(high)), left, mode, right)
    return pl.Series(np.clip(values.to_numpy(), low, high))
