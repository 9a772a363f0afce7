def trunc(moment: pd.Series, unit: str) -> pd.Series:
    """The starts of the minutes, hours, days, weeks, months … in which moments are."""
    time = moment.to_numpy("datetime64[s]")
    if unit in ("month", "quarter", "year"):
        months = time.astype("datetime64[M]")
        if unit == "quarter":
            months -= months.astype(np.int64) % 3
        start = months.astype("datetime64[Y]" if unit == "year" else "datetime64[M]")
    elif unit == "week":
        days = time.astype("datetime64[D]")
        start = days - (days.astype(np.int64) + 3) % 7  # from Monday on
    else:
        start = time.astype({"minute": "M8[m]", "hour": "M8[h]", "day": "M8[D]"}[unit])
    found = pd.Series(start.astype("datetime64[s]"))
    if moment.dt.tz is None:
        return found
    return found.astype("datetime64[us]").dt.tz_localize("UTC")
