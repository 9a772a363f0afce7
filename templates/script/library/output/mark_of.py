def mark_of(file: Path) -> Path:
    """The mark of a file that is being copied, where it cannot be renamed."""
    return file.with_name(f"{file.name}._INCOMPLETE")
