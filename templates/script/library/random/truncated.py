def truncated(
    u: np.ndarray,
    quantile: Quantile,
    minimum: float = -np.inf,
    maximum: float = np.inf,
    **parameters: float,
) -> np.ndarray:
    """Values of a distribution truncated to the range from minimum to maximum."""
    if minimum > maximum:
        raise RuntimeError(f"The minimum {minimum:g} is above the maximum {maximum:g}")

    def value(step: int) -> float:
        with np.errstate(divide="ignore"):  # at 0 some distributions are infinite
            return float(quantile(step / 2**53, **parameters))

    low = bisect_left(range(2**53), minimum, key=value)
    high = bisect_right(range(2**53), maximum, key=value)
    values = quantile((low + u * (high - low)) / 2**53, **parameters)
    return np.clip(values, minimum, maximum)
