def child_counts(u: np.ndarray, mean: float, least: float, most: float) -> np.ndarray:
    """How many children each parent has: a Poisson number from least to most."""
    chances = child_chances(mean, least, most)
    return least + np.minimum(np.searchsorted(chances, u, side="right"), most - least)
