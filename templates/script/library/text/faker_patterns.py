def faker_patterns(
    stream: str,
    row: np.ndarray,
    locale: pl.Series,
    patterns: Mapping[str, str],
    size: int,
) -> pl.Series:
    """Texts in the pattern of the row's locale, each piece of them drawn apart."""
    case, texts = case_index(locale, patterns), []
    for n, (name, pattern) in enumerate(patterns.items()):
        pieces = {}
        for piece, provider in re.findall(r"{(([a-z_]+)\d*)}", pattern):
            pool = faker_pool(provider, size, name)
            u = random(f"{stream}/{piece}", row[case == n])
            pieces[piece] = pool.gather((u * len(pool)).astype(np.uint32))
        text = pl.format(re.sub("{.*?}", "{}", pattern), *pieces)
        texts.append(pl.DataFrame(pieces).select(text).to_series())
    back = np.argsort(np.argsort(case, kind="stable"))
    return pl.concat(texts, rechunk=True).gather(back)
