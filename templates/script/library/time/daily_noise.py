@cache
def daily_noise(stream: str, day: date) -> float:
    """A standard normal random number for each day."""
    return float(ndtri(random(stream, np.array([day.toordinal()])))[0])
