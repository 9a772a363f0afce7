def joined(frame: pd.DataFrame) -> pd.Series:
    """The texts of all columns, with a slash between them."""
    first, *others = (as_text(frame[name]) for name in frame)
    for other in others:
        first = first + "/" + other
    return first
