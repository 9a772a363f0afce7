def running_balance(
    change: pl.Series,
    moment: pl.Series,
    group: np.ndarray,
    decimals: int | None = None,
    start: pl.Series | Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pl.Series, pl.Series]:
    """The changes as they could be made, and the balance of the group after each of them.

    In order of time; a change that would leave less than the floor is cut to what is left.
    """
    # Sums are of whole units of the last decimal, as far as floats tell those apart.
    unit = 10 ** (decimals or 0)
    amounts = {"change": change, "floor": floor, "start": np.maximum(start, floor)}
    units = {
        key: np.round(np.asarray(each, float) * unit) for key, each in amounts.items()
    }
    units = {k: x.clip(-(2**53), 2**53).astype(np.int64) for k, x in units.items()}
    total = pl.col("change").cum_sum()
    # What the start would have to be for no sum up to here to lie below the floor.
    least = pl.max_horizontal("start", pl.col("floor") - total).cum_max()
    balance = total + least
    made = balance - balance.shift(1).fill_null(pl.col("start"))
    ledger = pl.DataFrame({"group": group, "moment": moment}).with_columns(**units)
    ledger = ledger.with_row_index("row").sort("group", "moment", "row")
    both = made.over("group").alias("change"), balance.over("group").alias("balance")
    cells = (
        ledger.with_columns(*both).sort("row").select("change", "balance").to_numpy()
    )
    # By numpy, which divides to the nearest float: polars does not.
    cells = cells if decimals is None else cells / unit
    return pl.Series(cells[:, 0]), pl.Series(cells[:, 1])
