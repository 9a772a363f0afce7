def slug(text: pd.Series, separator: str = "-") -> pd.Series:
    """Text for addresses: a-z and 0-9, a separator for the rest, no accents."""

    def plain(text: str) -> str:
        letters = unicodedata.normalize("NFKD", text)
        letters = "".join(x for x in letters if unicodedata.category(x)[0] != "M")
        return re.sub("[^a-z0-9]+", separator, letters.lower()).strip(separator)

    return text.map(plain, na_action="ignore").astype(TEXT)
