def running_balance(
    change: pd.Series,
    moment: pd.Series,
    group: np.ndarray,
    decimals: int | None = None,
    start: pd.Series | Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pd.Series, pd.Series]:
    """The changes as they could be made, and the balance of the group after each of them.

    In order of time; a change that would leave less than the floor is cut to what is left.
    Sums are of whole units of the last decimal (None: the numbers are whole), so that they
    add up exactly.
    """
    unit = 10 ** (decimals or 0)

    def units(values: pd.Series | Number) -> np.ndarray:
        # As far as floats tell whole units apart.
        return (
            np.round(np.asarray(values, float) * unit)
            .clip(-(2**53), 2**53)
            .astype(np.int64)
        )

    ledger = pd.DataFrame({"group": group, "moment": moment})
    ledger["change"], ledger["floor"] = units(change), units(floor)
    ledger["start"] = np.maximum(units(start), ledger["floor"])
    ledger = ledger.sort_values(["group", "moment"], kind="stable")
    total = ledger.groupby("group")["change"].cumsum()
    # What the start would have to be for no sum up to here to lie below the floor.
    needed = (ledger["floor"] - total).clip(lower=ledger["start"])
    least = needed.groupby(ledger["group"]).cummax()
    before = least.shift(1, fill_value=0).where(
        ledger["group"].duplicated(), ledger["start"]
    )
    booked = (ledger["change"] + least - before).sort_index()
    balance = (total + least).sort_index()
    if decimals is None:
        return booked, balance
    return booked / unit, balance / unit
