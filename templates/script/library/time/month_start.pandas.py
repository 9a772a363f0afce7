def month_start(moment: pd.Series) -> pd.Series:
    """The first days of the months of moments."""
    months = moment.to_numpy("datetime64[s]").astype("datetime64[M]")
    return pd.Series(months.astype("datetime64[s]"))
