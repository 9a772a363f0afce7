@cache
def faker_pool(provider: str, size: int, locale: str, **args: object) -> pl.Series:
    """Up to so many distinct texts of a Faker provider."""
    fake = Faker(locale, use_weighting=False)
    fake.seed_instance(f"{SEED}/{provider}")
    texts: dict[str, None] = {}
    for _ in range(3 * size):  # some providers do not have so many
        texts[str(getattr(fake, provider)(**args)).replace("\n", ", ")] = None
        if len(texts) == size:
            break
    return pl.Series(list(texts))
