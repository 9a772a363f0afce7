@contextmanager
def staged(file: Path) -> Iterator[Path]:
    """A staging folder for a table's blocks; at the end, the file joined there is the table.

    It is next to the table, or on a local disk if the file can only be copied.
    """
    staging = Path(OUTPUT, f".{file.name}.{RUN}.staging")
    for stale in OUTPUT.glob(f".{file.name}.*.staging"):  # of killed runs
        shutil.rmtree(stale)
    renames = create_by_rename(staging)
    if not renames:
        staging = Path(tempfile.mkdtemp())
    try:
        yield staging
        whole = staging / file.name
        if not whole.exists():  # there is no row
            file.unlink(missing_ok=True)
        elif renames:
            whole.replace(file)
        else:
            incomplete = mark_of(file)
            incomplete.write_text(f"run {RUN} is copying, or was interrupted", "utf-8")
            shutil.copyfile(whole, file)
            incomplete.unlink()
    finally:
        shutil.rmtree(staging, ignore_errors=True)
