def positive_volume(volume: np.ndarray, what: str) -> np.ndarray:
    """The volume, never quite 0: a limit may leave only times without volume."""
    if not volume.any():
        raise RuntimeError(f"{what} is always 0: edit its factors or the period")
    return np.maximum(volume, 1e-9 * volume.max())
