def poisson_between(
    u: np.ndarray, lam: Number, low: Number = -np.inf, high: Number = np.inf
) -> pl.Series:
    """A Poisson law cut to the counts from low to high."""
    laws = np.stack(np.broadcast_arrays(lam, low, high, u)[:3])
    counts = np.empty(len(u), np.int64)
    for law in np.unique(laws, axis=1).T:
        rows = (laws == law[:, None]).all(axis=0)
        mean, least, most = law
        end = min(most, mean + 10 * np.sqrt(mean) + 30)
        count = np.arange(max(least, 0), end + 1)
        below = pdtr(count[0] - 1, mean) if count[0] else 0.0
        edges = stretch(u[rows], below, pdtr(count[-1], mean))
        index = np.searchsorted(pdtr(count, mean), edges, side="left")
        counts[rows] = count[np.minimum(index, len(count) - 1)]
    return pl.Series(counts)
