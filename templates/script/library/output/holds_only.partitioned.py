def holds_only(folder: Path, pattern: str, partition: str = "") -> None:
    """Raise FileExistsError if a folder is none, or holds what no run has written.

    The pattern matches the names of what runs write; a slash ends that of a folder. The
    folders of partitions hold what matches it, too.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FileExistsError(f"{folder} is not a folder of a table: move it away")
    for found in folder.iterdir() if folder.exists() else ():
        name = found.name + "/" * found.is_dir()
        if partition and re.fullmatch(partition, name):
            holds_only(found, pattern, partition)
        elif not re.fullmatch(pattern, name):
            raise FileExistsError(f"{found} is not part of the table: move it away")
