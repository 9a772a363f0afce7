def with_number(texts: pd.Series, number: np.ndarray) -> pd.Series:
    """Texts with a number: Ann Lee 2, and before an @, ann.lee.2@example.com."""

    def numbered(text: str, n: int) -> str:
        before, at, domain = text.rpartition("@")
        return f"{before}.{n}@{domain}" if at else f"{text} {n}"

    pairs = zip(texts.fillna(""), number.tolist(), strict=True)
    return text_series(numbered(text, n) for text, n in pairs).mask(texts.isna())
