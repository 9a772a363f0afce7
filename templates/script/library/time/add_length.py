def add_length(moment: pl.Series, seconds: object) -> pl.Series:
    """The moments that are so many seconds later, to the whole second."""
    return moments_at(seconds_of(moment) + np.rint(as_floats(seconds)), moment)
