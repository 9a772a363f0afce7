def positive_volume(volume: np.ndarray, what: str) -> np.ndarray:
    """The volume, never quite 0: a limit may leave only times without volume."""
    if volume.min() < 0 or not volume.any():
        wrong = "below 0 at times" if volume.any() else "always 0"
        raise RuntimeError(f"{what} is {wrong}: edit its factors or the period")
    return np.maximum(volume, 1e-9 * volume.max())
