def faker_texts(
    u: np.ndarray,
    provider: str,
    size: int = 2_000,
    locale: str = LOCALE,
    **args: object,
) -> pl.Series:
    """Texts from the pool of a Faker provider."""
    pool = faker_pool(provider, size, locale, **args)
    return gather(pool, (u * len(pool)).astype(np.uint32))
