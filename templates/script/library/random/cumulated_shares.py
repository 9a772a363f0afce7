def cumulated_shares(weights: Sequence[float]) -> list[float]:
    """The share below each edge of bins with these weights, from 0 to 1."""
    if min(weights) < 0 or max(weights) == 0:
        raise RuntimeError(
            f"Weights must be 0 or more, at least one above 0: {weights}"
        )
    sums = np.cumsum([0.0, *weights])
    shares: list[float] = (sums / sums[-1]).tolist()
    return shares
