def copy_in_place(staging: Path, folder: Path) -> None:
    """Replace a folder's files by copies of the staged ones, where renaming fails.

    The folder holds a file _INCOMPLETE meanwhile, and after a failure.
    """
    mark = folder / "_INCOMPLETE"
    files = [each for each in sorted(staging.rglob("*")) if each.is_file()]
    if not files and not folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"run {RUN} is copying files here, or was interrupted", "utf-8")
    kept = {mark}
    for file in files:
        copy = folder / file.relative_to(staging)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        kept.add(copy)
    for stale in sorted(folder.rglob("*"), reverse=True):  # a folder after its files
        if stale.is_file() and stale not in kept:
            stale.unlink()
        elif stale.is_dir() and not any(stale.iterdir()):
            stale.rmdir()
    mark.unlink()
    if not files:
        folder.rmdir()
