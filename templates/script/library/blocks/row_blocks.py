def row_blocks(
    rows: range, *below: Callable[[np.ndarray], np.ndarray]
) -> Iterator[np.ndarray]:
    """These rows of a table, or from each table's rows those below: about BLOCK at a time."""
    size = 1
    while rows:
        found = np.arange(rows.start, rows[:size].stop, rows.step)
        for children_of in below:
            found = children_of(found)
        yield found
        rows = rows[size:]
        # As many as have BLOCK rows below them, if the next ones are like these.
        size = max(1, min(size * BLOCK // max(1, len(found)), 16 * size, BLOCK))
