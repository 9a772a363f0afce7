def unique_numbers(stream: str, row: np.ndarray, low: int, high: int) -> np.ndarray:
    """Whole numbers from low to high in random order, none of them twice."""
    count = high - low + 1
    if row.max(initial=0) >= count:
        raise RuntimeError(
            f"{stream}: row {row.max():,} is beyond the {count:,} numbers from {low} to {high}"
        )
    return low + shuffled(row, count, stream)
