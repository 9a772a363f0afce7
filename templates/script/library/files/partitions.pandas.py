def partitions(table: str, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The folder of each partition of a block, and its rows without the folder's columns.

    A table without partitions has all rows in its own folder.
    """
    columns = list(TABLES[table].partition_by)
    if not columns:
        yield "", frame
        return
    texts = frame[columns].apply(as_text).astype(object)
    groups = texts.fillna("").groupby(columns, sort=False).indices
    frame = frame.drop(columns=columns)
    for key, rows in (groups or {(): np.arange(0)}).items():
        texts = key if isinstance(key, tuple) else (key,)
        yield partition_folder(columns, texts), frame.iloc[rows]
