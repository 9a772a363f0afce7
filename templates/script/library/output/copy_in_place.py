def copy_in_place(staging: Path, folder: Path) -> None:
    """Replace a folder's files by copies of the staged ones, where renaming fails.

    The folder holds a file _INCOMPLETE meanwhile, and after a failure.
    """
    mark, files = folder / "_INCOMPLETE", sorted(staging.iterdir())
    if not files and not folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"run {RUN} is copying files here, or was interrupted", "utf-8")
    for file in files:
        shutil.copyfile(file, folder / file.name)
    for stale in {*folder.iterdir()} - {mark, *(folder / file.name for file in files)}:
        stale.unlink()
    mark.unlink()
    if not files:
        folder.rmdir()
