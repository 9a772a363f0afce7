def reading(
    u: np.ndarray,
    moment: pl.Series,
    cycles: Sequence[Mapping[str, Number]],
    base: Number,
    trend: Number = 0.0,
    noise: Number = 0.0,
) -> pl.Series:
    """Readings: a base that drifts by so much a day, waves about it, and normal noise."""
    seconds = moment.dt.epoch("s").to_numpy()
    level = base + trend * (seconds - to_utc(START).timestamp()) / 86_400
    for wave in cycles:
        turns = (seconds - wave["peak"]) / wave["period"]
        level = level + wave["amplitude"] * np.cos(2 * np.pi * turns)
    return pl.Series(level + noise * ndtri(u))
