def null_after_end(moment: pl.Series, batch: np.ndarray) -> pl.Series:
    """The moments before the end of the row's batch; null in place of later ones."""
    end = batch_end(batch).dt.epoch("s")
    return moment.set(moment.dt.epoch("s") >= end, None)
