def email(name: pd.Series, number: np.ndarray, domain: pd.Series) -> pd.Series:
    """Unique addresses made of names, such as jane.doe.42@example.com."""
    mailbox = slug(name).str.replace("-", ".").replace("", "user")
    return mailbox + "." + pd.Series(number).astype(TEXT) + "@" + domain
