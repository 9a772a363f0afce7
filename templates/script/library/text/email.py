def email(name: pl.Series, number: np.ndarray, domain: pl.Series) -> pl.Series:
    """Unique addresses such as jane.doe.42@example.com, without accents."""
    user = slug(name, ".").replace("", "user")
    return user + format_key(number, ".", suffix="@") + as_text(domain)
