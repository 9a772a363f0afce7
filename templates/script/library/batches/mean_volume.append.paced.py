def mean_volume(volume: Volume, start: datetime, end: datetime) -> float:
    """The mean volume of a period's days, or of its hours if batches are shorter."""
    step = timedelta(hours=1 if PERIOD < timedelta(days=1) else 24)
    steps = math.ceil((end - start) / step)
    return sum(volume(start + n * step) for n in range(steps)) / steps
