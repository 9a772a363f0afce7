def log(numbers: pd.Series) -> pd.Series:
    """Natural logarithms, null where undefined; numpy's may differ in the last bit."""
    positive = numbers.astype("Float64").mask(~(numbers > 0))
    return positive.map(math.log, na_action="ignore").astype("Float64")
