def row_blocks(
    rows: range, *below: Callable[[np.ndarray], np.ndarray]
) -> Iterator[np.ndarray]:
    """Rows in blocks of about BLOCK; `below` leads from these to a child table's."""
    size = 1
    while rows:
        found = np.arange(rows.start, rows[:size].stop, rows.step)
        for children_of in below:
            found = children_of(found)
        yield found
        rows = rows[size:]
        # The next block has BLOCK rows if its rows have as many children as these.
        size = max(1, min(size * BLOCK // max(1, len(found)), 16 * size, BLOCK))
