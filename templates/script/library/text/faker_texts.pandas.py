def faker_texts(
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    locale: str = LOCALE,
    **args: object,
) -> pd.Series:
    """Texts of a Faker provider, drawn from a pool of so many."""
    pool = faker_pool(provider, size, locale, **args)
    return gather(pool, (u * len(pool)).astype(np.int64))
