@cache
def clock_changes(
    zone: str, first: float, last: float
) -> tuple[np.ndarray, np.ndarray]:
    """The moments from which a time zone has another offset from UTC, and the offsets."""

    def offset(moment: float) -> float:
        local = datetime.fromtimestamp(moment, ZoneInfo(zone))
        return local.replace(tzinfo=UTC).timestamp() - moment

    days = [*np.arange(first, last, 86_400).tolist(), last]
    starts, offsets = [first], [offset(first)]
    for day, following in pairwise(days):
        if offset(following) == offsets[-1]:
            continue
        before, after = day, following
        while after - before > 1:
            middle = (before + after) // 2
            if offset(middle) == offsets[-1]:
                before = middle
            else:
                after = middle
        starts.append(after)
        offsets.append(offset(after))
    return np.array(starts), np.array(offsets)
