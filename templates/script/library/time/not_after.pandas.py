def not_after(moment: pd.Series, other: pd.Series) -> pd.Series:
    """The moments, or the others where those are earlier."""
    return moment.where(
        seconds_of(moment) <= seconds_of(other), as_type_of(other, moment)
    )
