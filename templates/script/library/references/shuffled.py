def shuffled(
    rank: np.ndarray, rows: int | np.ndarray, stream: str, batch: int | np.ndarray = 0
) -> np.ndarray:
    """The numbers below `rows` in random order, at these ranks (swap-or-not shuffle)."""
    for turn in range(8):
        key = stream_key(f"{stream}/{turn}") >> 1
        partner = (key % rows - rank) % rows
        u = random(f"{stream}/{turn}", np.maximum(rank, partner) + (batch << 40))
        rank = np.where(u < 0.5, partner, rank)
    return rank
