@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder for a table's files, which take the table's place once all are there.

    It is beside the table, or on a local disk where only copies can take that place.
    """
    name = ".".join(folder.relative_to(OUTPUT).parts)
    staging, backup = (
        Path(OUTPUT, f".{name}.{end}") for end in (f"{RUN}.staging", "backup")
    )
    recover(folder, backup, staging)
    renames = made_by_rename(staging)
    if not renames:
        staging = Path(tempfile.mkdtemp())
    try:
        yield staging
        if renames:
            put_in_place(staging, folder, backup)
        else:
            copy_in_place(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
