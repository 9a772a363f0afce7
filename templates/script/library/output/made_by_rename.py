def made_by_rename(folder: Path) -> bool:
    """Make a folder by renaming another, and whether that works: in a volume it does not."""
    if folder.absolute().as_posix().startswith("/Volumes/"):
        return False
    new = folder.with_name(folder.name.replace(RUN, f"{RUN}.new"))
    new.mkdir()
    try:
        new.rename(folder)
    except OSError:
        new.rmdir()
        return False
    return True
