@cache
def faker_pool(provider: str, size: int, locale: str, **args: object) -> pl.Series:
    """Distinct texts of a Faker provider: `size` of them, or as many as it has."""
    fake = Faker(locale, use_weighting=False)
    fake.seed_instance(f"{SEED}/{provider}")
    texts: dict[str, None] = {}
    for _ in range(3 * size):
        texts[str(getattr(fake, provider)(**args)).replace("\n", ", ")] = None
        if len(texts) == size:
            break
    return text_series(texts)
