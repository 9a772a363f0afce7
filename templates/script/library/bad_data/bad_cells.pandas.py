def bad_cells(fault: str, clean: pd.Series, has: np.ndarray) -> pd.Series:
    """The cells with what a fault puts in the place of some."""
    if fault == "null":
        return null_where(clean, has)
    if fault == "orphan_ref":  # keys that no row has
        number = pd.api.types.is_integer_dtype(clean)
        return clean.mask(has, -1 - clean if number else clean + "-gone")
    if pd.api.types.is_datetime64_any_dtype(clean):
        day = clean.dt.tz is None
        moment = OUTLIER_MOMENT.replace(tzinfo=None) if day else OUTLIER_MOMENT
        return clean.mask(has, moment)
    return clean.mask(has, OUTLIER_NUMBER)
