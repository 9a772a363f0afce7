def seconds_in(u: np.ndarray, timeline: Timeline) -> np.ndarray:
    """Whole seconds since 1970, busy times more likely; the timeline's end is not in it."""
    edges, share = timeline
    # A millisecond makes up for rounding, so that nothing comes before what it follows.
    seconds = np.floor(np.interp(u, share, edges) + 1e-3)
    return np.minimum(seconds, edges[-1] - 1).astype(np.int64)
