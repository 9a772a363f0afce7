def positive_volume(volume: np.ndarray, what: str) -> np.ndarray:
    """The volume, never quite 0: a limit may leave only times without volume."""
    if volume.min() < 0:
        raise RuntimeError(f"{what} is below 0 at times: edit its factors")
    return np.maximum(volume, 1e-9 * (volume.max() or 1.0))
