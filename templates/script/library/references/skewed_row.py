def skewed_row(
    u: np.ndarray, parents: int, skew: float, rows: float, stream: str
) -> np.ndarray:
    """Row numbers of parents, the busiest 20 % of whom get the share skew of the rows."""
    rank = skewed_rank(u, parents, activity_sigma(skew, rows, (parents,)))
    return shuffled(rank, parents, stream)
