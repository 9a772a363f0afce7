def progression(
    moves: np.ndarray, moment: pd.Series, group: np.ndarray, states: Sequence[str]
) -> pd.Series:
    """The state of each row: the group's next one at each move, in order of time."""
    steps = pd.DataFrame({"group": group, "moment": moment, "moves": moves})
    steps = steps.sort_values(["group", "moment"], kind="stable")
    # A group's first row is in the first state, whether it moves or not.
    moved = steps["moves"] & steps["group"].duplicated()
    index = moved.astype("int64").groupby(steps["group"]).cumsum().sort_index()
    return as_categories(index.clip(upper=len(states) - 1).to_numpy(), states)
