def email(name: pl.Series, number: np.ndarray, domain: pl.Series) -> pl.Series:
    """Unique addresses made of names, such as jane.doe.42@example.com."""
    mailbox = slug(name).str.replace_all("-", ".", literal=True).replace("", "user")
    digits = pl.Series(number).cast(pl.String)
    return mailbox + "." + digits + "@" + domain.cast(pl.String)
