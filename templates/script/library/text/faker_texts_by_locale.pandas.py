def faker_texts_by_locale(
    locale: pd.Series,
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    **args: object,
) -> pd.Series:
    """Texts of a Faker provider, each drawn from the pool of the row's locale."""
    if locale.empty:
        return texts([])
    names = locale.unique()
    pools = [faker_pool(provider, size, name, **args) for name in names]
    which, sizes = case_index(locale, names), np.array([len(pool) for pool in pools])
    place = (np.cumsum(sizes) - sizes)[which] + (u * sizes[which]).astype(np.int64)
    return gather(pd.concat(pools), place)
