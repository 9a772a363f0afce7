def stack(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several frames, one after the other."""
    return pd.concat(frames, ignore_index=True)
