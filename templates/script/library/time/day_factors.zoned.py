def day_factors(
    day: np.ndarray, hours: tuple[float, ...], changes: np.ndarray, offsets: np.ndarray
) -> np.ndarray:
    """Factors that give days of 23 or 25 hours the volume of a day of 24."""
    volume = np.append(0.0, np.cumsum(hours or (1.0,) * 24))  # before each hour
    factors = np.ones(len(day))
    for change, (before, after) in zip(changes[1:], pairwise(offsets), strict=True):
        clocks = np.array([change + before, change + after])  # from one to the other
        today = clocks.min() // 86_400
        shares = np.interp(clocks / 3_600 - today * 24, np.arange(25), volume)
        lost = shares[1] - shares[0]  # below 0 where hours are repeated
        if lost < volume[-1]:
            factors[day == today] *= volume[-1] / (volume[-1] - lost)
    return factors
