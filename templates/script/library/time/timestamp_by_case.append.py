def timestamp_by_case(
    u: np.ndarray,
    key: pl.Series,
    batch: np.ndarray,
    periods: Mapping[str, Callable[[int], Timeline]],
    **limits: pl.Series,
) -> pl.Series:
    """Moments, each on the timeline that its key's case has in its row's batch."""
    timelines, case = list(periods.values()), case_index(key, periods)
    batches = int(batch.max(initial=0)) + 1
    return timestamp_by_group(
        u,
        case * batches + batch,
        lambda n: timelines[n // batches](n % batches),
        **limits,
    )
