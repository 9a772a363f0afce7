def timestamp_by_case(
    u: np.ndarray, key: pl.Series, periods: Mapping[str, Timeline], **limits: pl.Series
) -> pl.Series:
    """Moments, each on the timeline of its key's case."""
    timelines, case = list(periods.values()), case_index(key, periods)
    return timestamp_by_group(u, case, lambda n: timelines[n], **limits)
