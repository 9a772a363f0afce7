def put_in_place(staging: Path, folder: Path, backup: Path) -> None:
    """Put a whole folder in the place of the one before it, which comes to be the staged one.

    Readers see either of them; where this fails, the one before is back. An empty folder
    leaves none.
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
