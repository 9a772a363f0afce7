def known(key: pl.Series, cases: Iterable[str]) -> pl.Series:
    """The keys that are cases, and "otherwise" for all others."""
    return key.cast(pl.Enum(list(cases)), strict=False).fill_null("otherwise")
