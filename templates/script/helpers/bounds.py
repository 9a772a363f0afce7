def bounds(start: date | timedelta, end: date | timedelta) -> tuple[float, float]:
    """The seconds since 1970 at which a period starts and ends."""
    if at(start) >= at(end):
        sys.exit(
            f"The period from {at(start):%F} to {at(end):%F} ends before it starts"
        )
    return at(start).timestamp(), at(end).timestamp()
