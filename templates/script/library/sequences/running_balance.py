def running_balance(
    change: pl.Series,
    moment: pl.Series,
    group: np.ndarray,
    decimals: int | None = None,
    start: pl.Series | Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pl.Series, pl.Series]:
    """The changes as booked, and the balance of the group after each, in order of time.

    A change that would leave less than the floor is reduced to what is left. Sums are
    exact: of whole units of the last decimal (of integers: decimals is None).
    """
    unit = 10 ** (decimals or 0)

    def units(values: pl.Series | Number) -> np.ndarray:
        whole = np.round(np.asarray(values, float) * unit)
        return whole.clip(-(2**53), 2**53).astype(np.int64)

    ledger = pl.DataFrame({"group": group, "moment": moment}).with_columns(
        change=units(change),
        floor=units(floor),
        start=np.maximum(units(start), units(floor)),
    )
    total = pl.col("change").cum_sum()
    # The smallest start at which no balance up to here is below the floor.
    needed = pl.max_horizontal("start", pl.col("floor") - total).cum_max()
    balance = total + needed
    booked = balance - balance.shift(1).fill_null(pl.col("start"))
    ledger = ledger.with_row_index("row").sort("group", "moment", "row")
    ledger = ledger.with_columns(
        booked.over("group").alias("booked"), balance.over("group").alias("balance")
    )
    cells = ledger.sort("row").select("booked", "balance").to_numpy()
    # By numpy: polars would multiply by the rounded inverse of the unit.
    cells = cells if decimals is None else cells / unit
    return pl.Series(cells[:, 0]), pl.Series(cells[:, 1])
