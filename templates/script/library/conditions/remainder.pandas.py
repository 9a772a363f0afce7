def remainder(number: pd.Series | float, divisor: pd.Series | float) -> pd.Series:
    """The remainder of a division: number - divisor * floor(number / divisor)."""
    return number - divisor * np.floor(number / divisor)
