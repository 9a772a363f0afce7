def take_over(lock: Path) -> None:
    """Wait for the release of another run's lock; delete it after 15 s without life.

    Raises FileExistsError if that run is alive: two at once would mix their data.
    """
    before = lock_text(lock)
    for _ in range(15):
        time.sleep(1)
        text = lock_text(lock)
        if text is None:
            return
        if text and text != before:
            owner = text.partition("\n")[0]
            raise FileExistsError(
                f"another run writes here ({owner}): wait until it ends, see {lock}"
            )
    if lock_text(lock) == before:
        lock.unlink(missing_ok=True)
