@cache
def categories(names: tuple[str, ...]) -> pd.Series:
    """The names, one row each."""
    return text_series(names)
