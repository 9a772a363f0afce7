def partitions(table: str, frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The folder of each partition of a block, and its rows without the folder's columns.

    A table without partitions has all rows in its own folder.
    """
    columns = TABLES[table].partition_by
    if not columns:
        yield "", frame
        return
    frame = frame.with_columns(pl.col(columns).cast(pl.String))
    parts = frame.partition_by(columns, include_key=False, as_dict=True)
    for texts, rows in (parts or {(): frame.drop(columns)}).items():
        yield partition_folder(columns, texts), rows
