def holds_only(folder: Path, pattern: str) -> None:
    """Raise FileExistsError if a folder is none, or holds what no run has written.

    The pattern matches the names of what runs write; a slash ends that of a folder.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FileExistsError(f"{folder} is not a folder of a table: move it away")
    for found in folder.iterdir() if folder.exists() else ():
        if not re.fullmatch(pattern, found.name + "/" * found.is_dir()):
            raise FileExistsError(f"{found} is not part of the table: move it away")
