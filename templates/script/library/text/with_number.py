def with_number(texts: pl.Series, number: np.ndarray) -> pl.Series:
    """Texts with a number: Ann Lee 2, and before an @, ann.lee.2@example.com."""
    digits = pl.Series(number).cast(pl.String)
    domain = texts.str.extract("(@[^@]*)$")
    before = texts.str.replace("@[^@]*$", "")
    mail = before + "." + digits + domain.fill_null("")
    return if_else(domain.is_null(), texts + " " + digits, mail)
