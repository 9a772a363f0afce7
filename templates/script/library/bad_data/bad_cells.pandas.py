def bad_cells(fault: str, clean: pd.Series, bad: np.ndarray) -> pd.Series:
    """The cells of a column, with a fault in the bad ones."""
    if fault == "null":
        return null_where(clean, bad)
    if fault == "orphan_ref":  # keys that no row has
        number = pd.api.types.is_integer_dtype(clean)
        return clean.mask(bad, -1 - clean if number else clean + "-gone")
    if pd.api.types.is_datetime64_any_dtype(clean):
        day = clean.dt.tz is None
        moment = OUTLIER_MOMENT.replace(tzinfo=None) if day else OUTLIER_MOMENT
        return clean.mask(bad, moment)
    return clean.mask(bad, OUTLIER_NUMBER)
