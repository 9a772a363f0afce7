def null_after_end(moment: pd.Series, batch: np.ndarray) -> pd.Series:
    """The moments before the end of the row's batch; null in place of later ones."""
    return moment.mask(seconds_of(moment) >= seconds_of(batch_end(batch)))
