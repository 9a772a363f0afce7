def minimum_sigma(skew: float, share: Callable[[float], float]) -> float:
    """The smallest sigma that gives this share, to three decimals.

    It is at most 1.1 times the sigma of many parents without weights, whose share is
    ndtr(ndtri(0.2) + sigma): a few parents with weights may never reach the share.
    """
    if not 0.2 <= skew < 1:
        raise RuntimeError(
            f"The skew {skew:g} is not a share from 0.2 to below 1: edit it"
        )
    maximum = 1.1 * (ndtri(skew) - ndtri(0.2))
    steps = range(int(maximum * 1_000))  # half a step is added to round to the nearest
    return bisect_left(steps, skew, key=lambda n: share((n + 0.5) / 1e3)) / 1e3
