def faker_texts_by_locale(
    locale: pl.Series,
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    **args: object,
) -> pl.Series:
    """Texts of a Faker provider, from the pool of each row's locale."""
    if not len(locale):
        return text_series([])
    names = locale.unique()
    pools = [faker_pool(provider, size, name, **args) for name in names]
    index, sizes = case_index(locale, names), np.array([len(pool) for pool in pools])
    start = np.cumsum(sizes) - sizes
    position = start[index] + (u * sizes[index]).astype(np.int64)
    return gather(concat(pools), position)
