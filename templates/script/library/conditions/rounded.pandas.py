def rounded(numbers: pd.Series, decimals: int) -> pd.Series:
    """Rounded numbers; those too large to have decimals are unchanged."""
    large = numbers.abs() >= 2**53
    return numbers.mask(large, 0.0).round(decimals).mask(large, numbers)
