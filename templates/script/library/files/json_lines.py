def json_lines(frame: pl.DataFrame) -> pl.Series:
    """Rows as JSON, one object a line."""
    numbers = frame.select(pl.col(pl.Float64))
    texts = frame.with_columns(map(number_text, numbers))
    lines = texts.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    # Within a text each quote is escaped, so that this finds the numbers alone.
    names = "|".join(numbers.columns)
    return lines.str.replace_all(f'"({names})":"(.*?)"', '"$1":$2')
