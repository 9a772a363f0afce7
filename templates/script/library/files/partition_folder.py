def partition_folder(columns: Sequence[str], texts: Sequence[str | None]) -> str:
    """The folders of a partition, as Hive and Spark name them; null where a text is missing."""
    folders = []
    for column, text in zip_longest(columns, texts):
        safe = re.sub(UNSAFE, lambda sign: f"%{ord(sign[0]):02X}", text or NO_VALUE)
        folders.append(f"{column}={safe}")
    return "/".join(folders)
