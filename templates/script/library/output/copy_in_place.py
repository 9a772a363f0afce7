def copy_in_place(staging: Path, folder: Path) -> None:
    """Replace a folder's files by copies of the staged ones, where none can be renamed.

    Meanwhile, and where this fails, a file _INCOMPLETE lies among them.
    """
    mark, files = folder / "_INCOMPLETE", sorted(staging.iterdir())
    if not files and not folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"run {RUN} copies files here, or has ended while it did", "utf-8")
    for file in files:
        shutil.copyfile(file, folder / file.name)
    for stale in {*folder.iterdir()} - {mark, *(folder / each.name for each in files)}:
        stale.unlink()
    mark.unlink()
    if not files:
        folder.rmdir()
