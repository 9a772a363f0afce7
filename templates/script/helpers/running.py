def running(
    change: pl.Series,
    moment: pl.Series,
    group: np.ndarray,
    decimals: int | None = None,
    start: pl.Series | Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pl.Series, pl.Series]:
    """The changes as they could be made, and the balance of the group after each of them.

    In order of time; a change that would leave less than the floor is cut to what is left.
    Sums are of whole units of the last decimal (None: the numbers are whole), so that they
    add up exactly.
    """
    unit = 10 ** (decimals or 0)

    def units(values: pl.Series | Number) -> np.ndarray:
        # As far as floats tell whole units apart.
        return (
            np.round(np.asarray(values) * unit).clip(-(2**53), 2**53).astype(np.int64)
        )

    steps = {"change": units(change), "floor": units(floor)}
    steps["start"] = np.maximum(units(start), steps["floor"])
    total = pl.col("change").cum_sum()
    # What the start would have to be for no sum up to here to lie below the floor.
    least = pl.max_horizontal("start", pl.col("floor") - total).cum_max()
    cut = least - least.shift(1).fill_null(pl.col("start"))
    ledger = (
        pl.DataFrame({"group": group, "moment": moment})
        .with_columns(**steps)
        .with_row_index("row")
        .sort("group", "moment", "row")
        .with_columns(
            change=pl.col("change") + cut.over("group"),
            balance=(total + least).over("group"),
        )
        .sort("row")
    )
    if decimals is None:
        return ledger["change"], ledger["balance"]
    # By numpy, which divides to the nearest float: polars does not.
    amounts = ledger.select("change", "balance").to_numpy() / unit
    return pl.Series(amounts[:, 0]), pl.Series(amounts[:, 1])
