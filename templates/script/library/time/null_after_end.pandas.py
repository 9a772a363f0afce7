def null_after_end(moment: pd.Series) -> pd.Series:
    """The moments before END; null in place of later ones."""
    return moment.mask(seconds_of(moment) >= int(to_utc(END).timestamp()))
