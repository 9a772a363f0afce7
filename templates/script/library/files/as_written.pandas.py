def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows as they are written: -0.0 as 0.0."""
    floats = [name for name in frame if pd.api.types.is_float_dtype(frame[name])]
    columns = {n: frame[n] + 0.0 if n in floats else frame[n] for n in frame}
    return pd.DataFrame(columns)
