def exp(numbers: pd.Series) -> pd.Series:
    """e to the power of the numbers; numpy's results may differ in the last bit."""
    powers = numbers.map(
        lambda x: math.exp(x) if x < 709.78 else math.inf, na_action="ignore"
    )
    return powers.astype("Float64" if numbers.hasnans else "float64")
