def seconds_of(moment: pd.Series) -> np.ndarray:
    """Seconds since 1970; a large negative number for null."""
    return moment.to_numpy("datetime64[s]").astype(np.int64)
