def minimum_sigma(skew: float, share: Callable[[float], float]) -> float:
    """The least spread that gives this share, in thousandths.

    At most a tenth more than many parents without weights need (their share is
    ndtr(ndtri(0.2) + spread)): a few parents with weights may not reach it at all.
    """
    if not 0.2 <= skew < 1:
        raise RuntimeError(f"A skew of {skew:g} is no share from 0.2 to below 1")
    most = 1.1 * (ndtri(skew) - ndtri(0.2))
    steps = range(int(most * 1_000))  # half a step more rounds to the nearest
    return bisect_left(steps, skew, key=lambda n: share((n + 0.5) / 1e3)) / 1e3
