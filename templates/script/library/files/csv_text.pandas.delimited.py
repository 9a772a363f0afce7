def csv_text(frame: pd.DataFrame) -> str:
    """Rows as CSV: null is an empty cell, and an empty text has quotes."""
    special = f'["{re.escape(DELIMITER)}\r\n]'

    def cells(values: pd.Series) -> pd.Series:
        text = as_text(values, "%Y-%m-%dT%H:%M:%SZ")
        if values.dtype == TEXT:
            quoted = (text == "") | text.str.contains(special)
            text = text.mask(quoted, '"' + text.str.replace('"', '""') + '"')
        return text.fillna("")

    rows = zip(*(cells(frame[name]) for name in frame), strict=True)
    lines = [DELIMITER.join(frame.columns), *map(DELIMITER.join, rows), ""]
    return "\n".join(lines)
