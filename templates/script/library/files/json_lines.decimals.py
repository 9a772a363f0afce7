def json_lines(frame: pl.DataFrame) -> pl.Series:
    """Rows as JSON, one object per line."""
    numbers = frame.select(pl.col(pl.Float64))
    texts = frame.with_columns(map(number_text, numbers))
    lines = texts.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    # Quotes within texts are escaped, so only numbers match.
    names = "|".join([*numbers.columns, *frame.select(pl.col(pl.Decimal)).columns])
    return lines.str.replace_all(f'"({names})":"(.*?)"', '"$1":$2')
