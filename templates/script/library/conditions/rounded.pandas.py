def rounded(numbers: pd.Series, decimals: int) -> pd.Series:
    """Rounded numbers; those so large that they have no such digits stay as they are."""
    large = numbers.abs() >= 2**53
    return numbers.mask(large, 0.0).round(decimals).mask(large, numbers)
