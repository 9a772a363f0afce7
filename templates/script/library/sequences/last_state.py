def last_state(moves: Moves, *cases: Mapping[str, Mapping[str, float]]) -> pl.Series:
    """The state that each row is in at the end; null if it has not started."""
    states, count = moves[0], entered_states(moves)
    state = states[np.maximum(count - 1, 0), np.arange(len(count))]
    return null_where(
        as_categories(np.maximum(state, 0), lifecycle_states(*cases)), count == 0
    )
