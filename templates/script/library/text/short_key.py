def short_key(number: np.ndarray, prefix: str, width: int, suffix: str) -> pl.Series:
    """Keys of a few digits, or of numbers far from each other."""
    digits = pl.Series(number).cast(pl.String)
    return prefix + digits.str.pad_start(width, "0") + suffix
