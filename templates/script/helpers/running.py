def running(
    change: pl.Series,
    moment: pl.Series,
    group: np.ndarray,
    decimals: int,
    start: Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pl.Series, pl.Series]:
    """The changes as they could be made, and the balance of the group after each of them.

    In order of time; a change that would leave less than the floor is cut to what is left.
    Sums are of whole units of the last decimal, so that they add up exactly.
    """
    unit = 10**decimals

    def units(values: pl.Series | Number) -> np.ndarray:
        whole = np.maximum(np.round(np.asarray(values) * unit), -(2.0**62))
        return np.broadcast_to(whole, group.shape).astype(np.int64)

    steps = {"change": units(change), "floor": units(floor)}
    steps |= {"start": np.maximum(units(start), steps["floor"])}
    ledger = pl.DataFrame({"group": group, "moment": moment, **steps})
    # What the start must be for no sum up to here to lie below the floor.
    start_at_least = pl.max_horizontal("start", pl.col("floor") - pl.col("total"))
    before = pl.col("balance").shift(1).over("group").fill_null(pl.col("start"))
    ledger = (
        ledger.with_row_index("row")
        .sort("group", "moment", "row")
        .with_columns(total=pl.col("change").cum_sum().over("group"))
        .with_columns(least=start_at_least.cum_max().over("group"))
        .with_columns(balance=pl.col("total") + pl.col("least"))
        .with_columns(change=pl.col("balance") - before)
        .sort("row")
    )
    if not decimals:
        return ledger["change"], ledger["balance"]
    return ledger["change"] / unit, ledger["balance"] / unit
