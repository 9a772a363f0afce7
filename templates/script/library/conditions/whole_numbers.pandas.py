def whole_numbers(numbers: pd.Series) -> pd.Series:
    """Numbers without their decimals; null for null, and beyond 64 bits."""
    values = np.trunc(numbers.to_numpy(float, na_value=np.nan))
    exists = np.abs(values) < 2.0**63
    return (
        pd.Series(np.where(exists, values, 0).astype(np.int64))
        .astype("Int64")
        .mask(~exists)
    )
