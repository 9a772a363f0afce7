def parse_int(text: pl.Series) -> pl.Series:
    """Whole numbers of texts; null for other texts, and beyond 64 bits."""
    digits = text.str.extract("^([+-]?[0-9]+)$")
    return digits.cast(pl.Int64, strict=False)
