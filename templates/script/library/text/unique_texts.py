def unique_texts(
    stream: str,
    row: np.ndarray,
    provider: str,
    size: int = 2_000,
    locale: str = LOCALE,
    **args: object,
) -> pl.Series:
    """Texts from the pool of a Faker provider, none of them twice.

    Each turn takes all of the pool in another order, with the turn's number from the second
    on. Texts that end in such a number have one in the first turn, too.
    """
    pool = faker_pool(provider, size, locale, **args)
    turn = row // len(pool)
    texts = gather(pool, shuffled(row % len(pool), len(pool), stream, turn))
    pattern = r" [1-9][0-9]*$|\.[1-9][0-9]*@[^@]*$"
    numbered = pl.Series(turn > 0) | texts.str.contains(pattern)
    return if_else(numbered, with_number(texts, turn + 1), texts)
