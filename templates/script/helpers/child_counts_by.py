def child_counts_by(
    u: np.ndarray, key: pl.Series, cases: Mapping[str, Mapping[str, float]]
) -> np.ndarray:
    """How many children each parent has, by the law of its case."""
    case, count = case_of(key, cases), np.zeros(len(u), np.int64)
    for n, law in enumerate(cases.values()):
        count[case == n] = child_counts(u[case == n], **law)
    return count
