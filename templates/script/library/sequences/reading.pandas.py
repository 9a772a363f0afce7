def reading(
    u: np.ndarray,
    moment: pd.Series,
    cycles: Sequence[Mapping[str, Number]],
    base: Number,
    trend: Number = 0.0,
    noise: Number = 0.0,
) -> pd.Series:
    """Readings: a base that drifts by so much a day, waves about it, and normal noise."""
    seconds = seconds_of(moment)
    level = base + trend * (seconds - to_utc(START).timestamp()) / 86_400
    for wave in cycles:
        turns = (seconds - wave["peak"]) / wave["period"]
        level = level + wave["amplitude"] * np.cos(2 * np.pi * turns)
    return pd.Series(level + noise * ndtri(u))
