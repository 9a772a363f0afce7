def lock_text(lock: Path) -> str | None:
    """The text of a lock: its owner and last sign of life; None if there is no lock."""
    try:
        return lock.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None
