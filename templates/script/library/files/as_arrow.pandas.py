def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Rows as an Arrow table, with days as dates."""
    rows = pa.Table.from_pandas(as_written(frame), preserve_index=False)
    types = {pa.timestamp("s"): pa.date32(), pa.string(): pa.large_string()}
    fields = [(each.name, types.get(each.type, each.type)) for each in rows.schema]
    return rows.cast(pa.schema(fields))
