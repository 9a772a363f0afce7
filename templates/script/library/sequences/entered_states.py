def entered_states(moves: Moves) -> np.ndarray:
    """How many states each row has entered."""
    count: np.ndarray = (moves[0] >= 0).sum(axis=0)
    return count
