def parse_float(text: pd.Series) -> pd.Series:
    """Numbers of texts; null for other texts."""
    number = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
    values = [
        float(x) if x is not pd.NA and number.fullmatch(x) else None for x in text
    ]
    return pd.Series(values, dtype="Float64")
