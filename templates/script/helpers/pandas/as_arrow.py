def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Rows as files hold them: days as dates, and zero without a sign."""
    floats = [name for name in frame if pd.api.types.is_float_dtype(frame[name])]
    columns = {n: frame[n] + 0.0 if n in floats else frame[n] for n in frame}
    rows = pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False)
    types = {pa.timestamp("s"): pa.date32(), pa.string(): pa.large_string()}
    fields = [(each.name, types.get(each.type, each.type)) for each in rows.schema]
    return rows.cast(pa.schema(fields))
