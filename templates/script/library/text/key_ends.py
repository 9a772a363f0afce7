@cache
def key_ends(suffix: str) -> pl.Series:
    """The last four digits of keys, with a suffix."""
    return text_series(f"{n:04d}{suffix}" for n in range(10_000))
