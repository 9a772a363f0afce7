def null_after_end(moment: pl.Series) -> pl.Series:
    """The moments before END; null in place of later ones."""
    return moment.set(moment.dt.epoch("s") >= int(to_utc(END).timestamp()), None)
