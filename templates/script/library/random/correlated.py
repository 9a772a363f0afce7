def correlated(
    u: np.ndarray, rank_correlations: Mapping[str, float], /, **others: np.ndarray
) -> np.ndarray:
    """Uniform numbers with rank correlations with others, which are independent themselves.

    A Gaussian copula: Spearman's rho of two normal variables is 6/pi * asin(r/2), where r
    is Pearson's (K. Pearson, On further methods of determining correlation, 1907).
    """
    normal, rest = np.zeros(len(u)), 1.0
    for name, rho in rank_correlations.items():
        r = 2 * math.sin(math.pi * rho / 6)
        normal += r * ndtri(others[name])
        rest -= r * r
    if rest < -1e-9:
        raise RuntimeError(f"Correlations that are too strong: {rank_correlations}")
    uniform = ndtr(normal + math.sqrt(max(rest, 0.0)) * ndtri(u))
    return np.clip(uniform, 2.0**-53, 1 - 2.0**-53)
