def stack(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The rows of several frames, one after the other."""
    return pl.concat(frames)
