def shuffled(
    rank: np.ndarray, rows: int | np.ndarray, stream: str, batch: int | np.ndarray = 0
) -> np.ndarray:
    """The numbers below `rows` in random order, at these ranks.

    Sums, products and shifts permute the numbers below a power of two. What is not below
    `rows` then is permuted again, until it is (cycle walking).
    """
    keys = [stream_key(f"{stream}/{turn}") | 1 for turn in range(5)]

    def permuted(n: np.ndarray, bits: np.ndarray, offset: np.ndarray) -> np.ndarray:
        mask, half = (1 << bits) - 1, (bits + 1) >> 1
        for turn, key in enumerate(keys):
            n = (n + (offset >> 8 * turn)) * key & mask
            n = n ^ (n >> half)
        return n

    bits = np.maximum(np.frexp(rows - 1)[1], 1)
    offset = random(stream, np.atleast_1d(batch)) * 2.0**52
    whole = [np.asarray(each, np.uint64) for each in (rank, rows, bits, offset)]
    n, rows, bits, offset = np.broadcast_arrays(*whole)
    n = permuted(n, bits, offset)
    outside = np.flatnonzero(n >= rows)
    while len(outside):
        again = n[outside], bits[outside], offset[outside]
        n[outside] = permuted(*again)
        outside = outside[n[outside] >= rows[outside]]
    return n.astype(np.int64)
