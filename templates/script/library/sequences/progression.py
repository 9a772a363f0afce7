def progression(
    u: np.ndarray,
    moment: pl.Series,
    group: np.ndarray,
    states: Sequence[str],
    chance: Number,
) -> pl.Series:
    """The state of each row: from one to the next with a chance, in order of time."""
    steps = pl.DataFrame({"group": group, "moment": moment, "moves": u < chance})
    moves = pl.col("moves").cast(pl.Int64)
    # A group's first row is in the first state: what it draws does not count.
    moves = (moves.cum_sum() - moves.first()).over("group").clip(0, len(states) - 1)
    steps = steps.with_row_index("row").sort("group", "moment", "row")
    index = steps.with_columns(moves).sort("row")["moves"].cast(pl.UInt32)
    return index.cat.to(pl.Enum(states))
