def month_end(moment: pd.Series) -> pd.Series:
    """The last days of the months of moments."""
    months = moment.to_numpy("datetime64[s]").astype("datetime64[M]")
    return pd.Series((months + 1).astype("datetime64[s]") - np.timedelta64(DAY, "s"))
