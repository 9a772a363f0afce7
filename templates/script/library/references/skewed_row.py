def skewed_row(
    u: np.ndarray, parents: int, skew: float, rows: float, stream: str
) -> np.ndarray:
    """Row numbers of so many parents; their busiest 20 % get this share of the rows."""
    rank = skewed_rank(u, parents, activity_sigma(skew, rows, (parents,)))
    return shuffled(rank, parents, stream)
