def first_entered(
    moves: Moves, state: str, *cases: Mapping[str, Mapping[str, float]]
) -> pl.Series:
    """The moments at which rows were first in a state; null if they never were."""
    states, moments = moves
    there = states == lifecycle_states(*cases).index(state)
    moment = moments[there.argmax(axis=0), np.arange(states.shape[1])]
    return null_where(utc_moments(moment), ~there.any(axis=0))
