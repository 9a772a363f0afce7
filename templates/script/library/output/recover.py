def recover(folder: Path, backup: Path, staging: Path) -> None:
    """Clean up after a killed run: restore its backup, delete its staging folders."""
    if backup.exists():
        backup.rename(staging if folder.exists() else folder)
    for stale in staging.parent.glob(staging.name.replace(RUN, "*")):
        shutil.rmtree(stale)
