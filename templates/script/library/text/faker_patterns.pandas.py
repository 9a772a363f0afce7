def faker_patterns(
    stream: str,
    row: np.ndarray,
    locale: pd.Series,
    patterns: Mapping[str, str],
    size: int,
) -> pd.Series:
    """Texts in the pattern of the row's locale, each piece of them drawn apart."""
    found = pd.Series(index=range(len(row)), dtype=TEXT)
    case = case_index(locale, patterns)
    for n, (name, pattern) in enumerate(patterns.items()):
        rows = np.flatnonzero(case == n)
        pieces = []
        for piece, provider in re.findall(r"{(([a-z_]+)\d*)}", pattern):
            u = random(f"{stream}/{piece}", row[rows])
            pool = faker_pool(provider, size, name)
            pieces.append(gather(pool, (u * len(pool)).astype(np.int64)))
        form = re.sub("{.*?}", "{}", pattern)
        found[rows] = [form.format(*words) for words in zip(*pieces, strict=True)]
    return found
