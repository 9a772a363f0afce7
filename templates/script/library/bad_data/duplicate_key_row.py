def duplicate_key_row(stream: str, row: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The row whose key each row is written with: its own, or the other for duplicates.

    Only candidates take another row's key, and only from rows that are no candidates:
    each duplicated key is still written by its own row.
    """
    share = (1 - math.sqrt(1 - 4 * FAULT_RATES["duplicate_key"])) / 2  # of candidates
    candidate = random(stream, row) < share
    return np.where(candidate & (random(stream, other) >= share), other, row)
