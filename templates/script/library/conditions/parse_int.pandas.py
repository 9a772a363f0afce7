def parse_int(text: pd.Series) -> pd.Series:
    """Whole numbers of texts; null for other texts, and beyond 64 bits."""
    whole = re.compile("[+-]?[0-9]+")

    def parsed(text: str) -> object:
        number = int(text) if whole.fullmatch(text) else None
        return number if number is not None and -(2**63) <= number < 2**63 else pd.NA

    return pd.Series([pd.NA if x is pd.NA else parsed(x) for x in text], dtype="Int64")
