def progression(
    moves: np.ndarray, moment: pl.Series, group: np.ndarray, states: Sequence[str]
) -> pl.Series:
    """The state of each row: the group's next one at each move, in order of time."""
    steps = pl.DataFrame({"group": group, "moment": moment, "moves": moves})
    steps = steps.with_row_index("row").sort("group", "moment", "row")
    total = pl.col("moves").cast(pl.Int64).cum_sum()
    # A group's first row is in the first state, whether it moves or not.
    index = (total - pl.col("moves").first()).over("group").clip(0, len(states) - 1)
    steps = steps.with_columns(index.alias("index")).sort("row")
    return as_categories(steps["index"].to_numpy(), states)
