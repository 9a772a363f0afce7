def slug(text: pl.Series, separator: str = "-") -> pl.Series:
    """Text for addresses: a-z and 0-9, a separator for the rest, no accents."""
    if (text.str.len_bytes() > text.str.len_chars()).any():  # not just ASCII
        text = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    plain = text.str.to_lowercase()
    return plain.str.replace_all("[^a-z0-9]+", separator).str.strip_chars(separator)
