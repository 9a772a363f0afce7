def finite(numbers: pd.Series) -> pd.Series:
    """The numbers, with null for what a division by zero or the like has left undefined."""
    values = numbers.to_numpy(float, na_value=np.nan)
    return numbers.astype("Float64").mask(~np.isfinite(values))
