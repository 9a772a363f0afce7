def faker_patterns(
    stream: str,
    row: np.ndarray,
    locale: pl.Series,
    patterns: Mapping[str, str],
    size: int,
) -> pl.Series:
    """Texts in the pattern of each row's locale; a Faker text replaces {provider}."""
    if not len(row):
        return text_series([])
    index, texts = case_index(locale, patterns), []
    for n, (name, pattern) in enumerate(patterns.items()):
        text: Any = ""
        parts = re.split(r"{([a-z_]+\d*)}", pattern)
        for before, part in zip(parts[::2], parts[1::2], strict=False):
            pool = faker_pool(part.rstrip("0123456789"), size, name)
            u = random(f"{stream}/{part}", row[index == n])
            text = text + before + gather(pool, (u * len(pool)).astype(np.uint32))
        texts.append(text + parts[-1])
    position = np.argsort(np.argsort(index, kind="stable"))
    return gather(concat(texts), position)
