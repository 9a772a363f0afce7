def slug(text: pd.Series) -> pd.Series:
    """The text as it stands in addresses: a-z and 0-9, the rest one hyphen, accents dropped."""

    def plain(words: str) -> str:
        letters = unicodedata.normalize("NFKD", words)
        letters = "".join(x for x in letters if unicodedata.category(x)[0] != "M")
        return re.sub("[^a-z0-9]+", "-", letters.lower()).strip("-")

    return text.map(plain, na_action="ignore").astype(TEXT)
