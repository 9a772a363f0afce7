def sqrt(numbers: pd.Series) -> pd.Series:
    """Square roots; null for negative numbers."""
    return np.sqrt(numbers.clip(lower=0)).astype("Float64").mask(numbers < 0)
