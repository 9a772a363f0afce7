def nonzero(divisor: pd.Series) -> pd.Series:
    """Whole numbers to divide by; null in place of zero."""
    zero = divisor == 0
    return divisor.astype("Int64").mask(zero, 1).mask(zero)
