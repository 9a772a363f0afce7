@cache
def faker_pool(provider: str, size: int, locale: str, **args: object) -> pd.Series:
    """Up to so many distinct texts of a Faker provider."""
    fake = Faker(locale, use_weighting=False)
    fake.seed_instance(f"{SEED}/{provider}")
    found: dict[str, None] = {}
    for _ in range(3 * size):  # some providers do not have so many
        found[str(getattr(fake, provider)(**args)).replace("\n", ", ")] = None
        if len(found) == size:
            break
    return texts(found)
