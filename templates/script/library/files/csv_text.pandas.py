def csv_text(frame: pd.DataFrame) -> str:
    """Rows as CSV: null is an empty cell, and an empty text has quotes."""

    def cells(values: pd.Series) -> pd.Series:
        text = as_text(values, "%Y-%m-%dT%H:%M:%SZ")
        if values.dtype == TEXT:
            special = (text == "") | text.str.contains('[",\r\n]')
            text = text.mask(special, '"' + text.str.replace('"', '""') + '"')
        return text.fillna("")

    rows = zip(*(cells(frame[name]) for name in frame), strict=True)
    return "\n".join([",".join(frame.columns), *map(",".join, rows), ""])
