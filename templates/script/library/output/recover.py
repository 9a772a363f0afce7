def recover(folder: Path, backup: Path, staging: Path) -> None:
    """Undo what a run left that died: bring back its backup, delete what it had staged."""
    if backup.exists():
        backup.rename(staging if folder.exists() else folder)
    for left in staging.parent.glob(staging.name.replace(RUN, "*")):
        shutil.rmtree(left)
