def random(stream: str, row: np.ndarray) -> np.ndarray:
    """A uniform random number between 0 and 1 for each row, by SplitMix64."""
    x: np.ndarray = row.astype(np.uint64) * 0x9E3779B97F4A7C15 + stream_key(stream)
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB
    return (((x ^ (x >> 31)) >> 12) + 0.5) * 2.0**-52
