def share_at(moment: pl.Series, timeline: Timeline) -> np.ndarray:
    """The share of a timeline's volume that lies before each moment."""
    return np.interp(seconds_of(moment), *timeline)
