def finite(numbers: pd.Series) -> pd.Series:
    """The numbers, with null for infinity and NaN, as after a division by zero."""
    values = numbers.to_numpy(float, na_value=np.nan)
    return numbers.astype("Float64").mask(~np.isfinite(values))
