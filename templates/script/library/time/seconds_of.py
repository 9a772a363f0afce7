def seconds_of(moment: pl.Series) -> np.ndarray:
    """Seconds since 1970; NaN for null."""
    return moment.dt.epoch("s").to_numpy()
