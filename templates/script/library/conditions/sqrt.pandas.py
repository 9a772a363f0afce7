def sqrt(numbers: pd.Series) -> pd.Series:
    """Square roots; null where there is none."""
    return np.sqrt(numbers.clip(lower=0)).astype("Float64").mask(numbers < 0)
