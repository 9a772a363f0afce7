def remainder(number: pd.Series | float, by: pd.Series | float) -> pd.Series:
    """What a division leaves: number - by * floor(number / by)."""
    return number - by * np.floor(number / by)
