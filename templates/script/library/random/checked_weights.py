def checked_weights(weights: Mapping[str, float]) -> list[float]:
    """The weights; RuntimeError where one is negative, or none is above 0."""
    values = list(weights.values())
    if not values or min(values) < 0 or max(values) == 0:
        raise RuntimeError(
            f"Weights must be 0 or more, at least one above 0: {weights}"
        )
    return values
