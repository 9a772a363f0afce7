def move_of_row(
    row: np.ndarray, stride: int, moves: Callable[[np.ndarray], Moves]
) -> Moves:
    """The state that each row of a log enters, and when, of the moves of its parent."""
    parents, place = np.unique(row // stride, return_inverse=True)
    states, moments = moves(parents)
    return states[row % stride, place], moments[row % stride, place]
