def random(stream: str, row: np.ndarray) -> np.ndarray:
    """A uniform random number between 0 and 1 for each row, by SplitMix64."""
    x: np.ndarray = row.astype(np.uint64) * 0x9E3779B97F4A7C15 + stream_key(stream)
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB
    x = x ^ (x >> 31)
    # 52 random bits become the fraction of a float from 1 to 2; less 1, never quite 0 or 1.
    return (x >> 12 | 0x3FF0000000000000).view(np.float64) - (1 - 2.0**-53)
