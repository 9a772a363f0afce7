def slug(text: pl.Series) -> pl.Series:
    """The text as it stands in addresses: a-z and 0-9, the rest one hyphen, accents dropped."""
    plain = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    return plain.str.replace_all("[^a-z0-9]+", "-").str.strip_chars("-")
