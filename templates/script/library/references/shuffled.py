def shuffled(rank: np.ndarray, rows: int | np.ndarray, stream: str) -> np.ndarray:
    """The parent of each rank, in an order of the stream's own: a swap-or-not shuffle."""
    for turn in range(8):
        key = int(stream_key(f"{stream}/{turn}")) >> 1
        partner = (key % rows - rank) % rows
        draw = random(f"{stream}/{turn}", np.maximum(rank, partner))
        rank = np.where(draw < 0.5, partner, rank)
    return rank
