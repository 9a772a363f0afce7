def joined(frame: pd.DataFrame) -> pd.Series:
    """All columns as text, joined by slashes."""
    first, *others = (as_text(frame[name]) for name in frame)
    for other in others:
        first = first + "/" + other
    return first
