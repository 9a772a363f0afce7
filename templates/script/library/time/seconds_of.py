def seconds_of(moment: pl.Series) -> np.ndarray:
    """Seconds since 1970; NaN for null."""
    return moment.cast(pl.Datetime("us")).cast(pl.Int64).to_numpy() // 1_000_000
