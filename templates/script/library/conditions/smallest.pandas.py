def smallest(first: pd.Series, *others: object) -> pd.Series:
    """The smallest of the values in each row; null where one of them is null."""
    for other in others:
        first = if_else(first.isna() | (first < other), first, other)
    return first
