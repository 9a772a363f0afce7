def put_in_place(staging: Path, folder: Path, backup: Path) -> None:
    """Replace a folder by the staged one, and move its files to the staging folder.

    Readers see either of the two; after a failure, it is the one from before. An empty
    staging folder leaves no folder.
    """
    if not any(staging.iterdir()):
        staging.rmdir()
        if folder.exists():
            folder.rename(staging)
        return
    try:
        if folder.exists():
            folder.rename(backup)
        folder.parent.mkdir(exist_ok=True)
        staging.rename(folder)
    except BaseException:
        if backup.exists() and not folder.exists():
            backup.rename(folder)
        raise
    if backup.exists():
        backup.rename(staging)
