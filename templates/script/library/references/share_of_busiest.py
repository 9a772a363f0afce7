def share_of_busiest(parents: np.ndarray, rate: np.ndarray) -> float:
    """The share of the rows that the busiest 20 % of the parents have, as counted.

    rate is the mean number of rows of a parent, who has a Poisson number of them; parents
    is how many have this rate. Of fewer than five parents the busiest one counts.
    """
    busiest = max(0.2 * parents.sum(), min(1.0, parents.sum()))
    rate = np.maximum(rate, 1e-12)

    def more_than(k: int) -> np.ndarray:
        return gammainc(k + 1, rate)  # probability of more than k rows

    # The busiest are the parents with more than k rows, and some of those with just k.
    counts = range(int(2 * rate.max()) + 20)
    k = bisect_left(counts, -busiest, key=lambda k: -(parents @ more_than(k)))
    rows = parents @ (rate * more_than(k - 1)) + (busiest - parents @ more_than(k)) * k
    return float(rows / (parents @ rate))
