def positive_volume(volume: np.ndarray, what: str) -> np.ndarray:
    """The volume, never quite 0: a limit may leave only times without volume."""
    return np.maximum(volume, 1e-9 * (volume.max() or 1.0))
