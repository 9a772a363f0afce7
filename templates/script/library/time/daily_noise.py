@cache
def daily_noise(stream: str, day: date) -> float:
    """A day's draw from the standard normal distribution, the same at all its hours."""
    return float(ndtri(random(stream, np.array([day.toordinal()])))[0])
