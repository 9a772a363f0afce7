def reading(
    u: np.ndarray,
    moment: pl.Series,
    cycles: Sequence[Mapping[str, Number]],
    base: Number,
    trend: Number = 0.0,
    noise: Number = 0.0,
) -> pl.Series:
    """Readings: a base, a trend per day since START, waves, and normal noise."""
    seconds = seconds_of(moment)
    level = base + trend * (seconds - to_utc(START).timestamp()) / 86_400
    for wave in cycles:
        phase = (seconds - wave["peak"]) / wave["period"]
        level = level + wave["amplitude"] * np.cos(2 * np.pi * phase)
    return pl.Series(level + noise * ndtri(u))
