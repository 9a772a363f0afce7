def until_now(moment: pl.Series) -> pl.Series:
    """The moments before END; null in place of later ones."""
    return moment.set(moment.dt.epoch("s") >= int(at(END).timestamp()), None)
