def differing_row(
    stream: str,
    row: np.ndarray,
    other: np.ndarray,
    draw: Callable[[np.ndarray, np.ndarray], np.ndarray],
    following: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> np.ndarray:
    """Row numbers of another table that are never the `other` ones.

    What is the same is drawn again, so that all other rows keep their proportions. After 64
    draws, which is rare, it is the next row.
    """
    found = draw(row, row)
    for turn in range(65):
        again = np.flatnonzero(found == other)
        if not len(again):
            return found
        if turn < 64:
            number = random(f"{stream}/{turn}", row[again]) * 2.0**52
            found[again] = draw(row[again], number.astype(np.int64))
        else:
            found[again] = following(row[again], found[again])
    if (found == other).any():
        raise RuntimeError(f"{stream} has only one row to refer to")
    return found
