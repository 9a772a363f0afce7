def nonzero(divisor: pd.Series) -> pd.Series:
    """Integers to divide by, with null for zero."""
    zero = divisor == 0
    return divisor.astype("Int64").mask(zero, 1).mask(zero)
