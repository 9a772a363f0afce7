def parse_float(text: pl.Series) -> pl.Series:
    """Numbers of texts; null for other texts."""
    number = text.str.extract(
        r"^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$"
    )
    return number.cast(pl.Float64, strict=False)
