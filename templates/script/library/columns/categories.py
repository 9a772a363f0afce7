@cache
def categories(names: tuple[str, ...]) -> pl.Series:
    """The names as an Enum, one row each."""
    return pl.Series(names, dtype=pl.Enum(names))
