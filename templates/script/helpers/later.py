def later(moment: pl.Series, seconds: pl.Series) -> pl.Series:
    """The moments some time after others, to the second."""
    return moment + (seconds.cast(pl.Int64) * 1_000_000).cast(pl.Duration("us"))
