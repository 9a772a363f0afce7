def months_later(moment: pl.Series, months: object) -> pl.Series:
    """The moments so many months later; the last day of a month that is too short."""
    seconds, count = np.broadcast_arrays(seconds_of(moment), as_floats(months))
    known = (np.abs(seconds) < 1e12) & (np.abs(count) < 1e5)
    time = np.where(known, seconds, 0).astype(np.int64).astype("datetime64[s]")
    month = time.astype("datetime64[M]")
    first = month + np.where(known, count, 0).astype(np.int64)
    last_day = (first + 1).astype("datetime64[D]") - 1
    day = first.astype("datetime64[D]") + (time.astype("datetime64[D]") - month)
    clock = time - time.astype("datetime64[D]")
    later = (np.minimum(day, last_day) + clock).astype("datetime64[s]")
    return moments_at(np.where(known, later.astype(np.int64), np.nan), moment)
