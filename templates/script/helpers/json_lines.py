def json_lines(frame: pl.DataFrame) -> pl.Series:
    """Rows as JSON, one object a line."""
    row = pl.struct(pl.all()).struct.json_encode()
    lines = numbers_as_text(frame).select(row).to_series()
    numbers = "|".join(frame.select(pl.col(pl.Float64)).columns)
    # Within a text each quote is escaped, so that this finds the numbers alone.
    return lines.str.replace_all(f'"({numbers})":"(.*?)"', '"$1":$2')
