def composed(
    stream: str,
    row: np.ndarray,
    locale: pl.Series,
    patterns: Mapping[str, str],
    size: int = 2_000,
) -> pl.Series:
    """Texts in the pattern of the row's locale, each piece of them drawn apart."""
    texts, places, case = [], [], case_of(locale, patterns)
    for n, (name, pattern) in enumerate(patterns.items()):
        places.append(np.flatnonzero(case == n))
        pieces = []
        for piece, provider in re.findall(r"{(([a-z_]+)\d*)}", pattern):
            pool = faker_pool(provider, size, name)
            u = uniform(f"{stream}/{piece}", row[places[-1]])
            pieces.append(pl.lit(pool.gather((u * len(pool)).astype(np.uint32))))
        text = pl.format(re.sub("{.*?}", "{}", pattern), *pieces)
        texts.append(pl.select(text).to_series())
    back = np.argsort(np.concatenate(places), kind="stable")
    return pl.concat(texts, rechunk=True).gather(back)
