def null_after_end(moment: pl.Series) -> pl.Series:
    """The moments before END; null for the others, which are still to come."""
    return null_where(moment, seconds_of(moment) >= int(to_utc(END).timestamp()))
