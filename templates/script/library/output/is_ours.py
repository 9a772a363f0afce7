def is_ours(lock: Path) -> bool:
    """Whether this run holds the lock; the file is empty while it is rewritten."""
    text = lock_text(lock)
    return text is not None and (not text or RUN in text)
