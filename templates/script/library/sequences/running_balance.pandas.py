def running_balance(
    change: pd.Series,
    moment: pd.Series,
    group: np.ndarray,
    decimals: int | None = None,
    start: pd.Series | Number = 0.0,
    floor: Number = -np.inf,
) -> tuple[pd.Series, pd.Series]:
    """The changes as booked, and the balance of the group after each, in order of time.

    A change that would leave less than the floor is reduced to what is left. Sums are
    exact: of whole units of the last decimal (of integers: decimals is None).
    """
    unit = 10 ** (decimals or 0)

    def units(values: pd.Series | Number) -> np.ndarray:
        whole = np.round(np.asarray(values, float) * unit)
        return whole.clip(-(2**53), 2**53).astype(np.int64)

    ledger = pd.DataFrame({"group": group, "moment": moment})
    ledger["change"], ledger["floor"] = units(change), units(floor)
    ledger["start"] = np.maximum(units(start), ledger["floor"])
    ledger = ledger.sort_values(["group", "moment"], kind="stable")
    total = ledger.groupby("group")["change"].cumsum()
    # The smallest start at which no balance up to here is below the floor.
    needed = (ledger["floor"] - total).clip(lower=ledger["start"])
    needed = needed.groupby(ledger["group"]).cummax()
    before = needed.shift(1, fill_value=0)
    before = before.where(ledger["group"].duplicated(), ledger["start"])
    booked = (ledger["change"] + needed - before).sort_index()
    balance = (total + needed).sort_index()
    if decimals is None:
        return booked, balance
    return booked / unit, balance / unit
