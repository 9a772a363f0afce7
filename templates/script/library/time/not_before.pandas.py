def not_before(moment: pd.Series, other: pd.Series) -> pd.Series:
    """The moments, or the others where those are later: a still time leaves no room."""
    return moment.where(
        seconds_of(moment) >= seconds_of(other), as_type_of(other, moment)
    )
