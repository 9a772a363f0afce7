def slug(text: pd.Series, separator: str = "-") -> pd.Series:
    """Text for addresses: a-z and 0-9, a separator for the rest, no accents."""
    other = re.compile("[^a-z0-9]+")

    def plain(text: str) -> str:
        if not text.isascii():
            letters = unicodedata.normalize("NFKD", text)
            text = "".join(x for x in letters if unicodedata.category(x)[0] != "M")
        return other.sub(separator, text.lower()).strip(separator)

    return text.map(plain, na_action="ignore").astype(TEXT)
