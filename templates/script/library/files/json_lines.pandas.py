def json_lines(frame: pd.DataFrame) -> Iterator[str]:
    """Rows as JSON, one object per line."""

    def cells(values: pd.Series) -> pd.Series:
        text = as_text(values, "%Y-%m-%dT%H:%M:%S+00:00")
        if values.dtype == TEXT or pd.api.types.is_datetime64_any_dtype(values):
            encoder = json.JSONEncoder(ensure_ascii=False)
            text = text.map(encoder.encode, na_action="ignore")
        return text.fillna("null")

    pattern = "{" + ",".join(f'"{name}":%s' for name in frame) + "}\n"
    for row in zip(*(cells(frame[name]) for name in frame), strict=True):
        yield pattern % row
