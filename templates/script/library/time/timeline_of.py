def timeline_of(edges: np.ndarray, share: np.ndarray) -> Timeline:
    """A timeline: epoch seconds at which the volume changes, and the share before each."""
    return Timeline(
        interpolation(edges, share), interpolation(share, edges), float(edges[-1])
    )
