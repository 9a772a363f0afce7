def bad_cells(fault: str, clean: pl.Series, bad: np.ndarray) -> pl.Series:
    """The cells of a column, with a fault in the bad ones."""
    if fault == "null":
        return null_where(clean, bad)
    if fault == "orphan_ref":  # keys that no row has
        number = clean.dtype.is_integer()
        other = -1 - clean if number else clean.cast(pl.String) + "-gone"
    else:
        value = OUTLIER_MOMENT if clean.dtype.is_temporal() else OUTLIER_NUMBER
        other = pl.select(pl.lit(value).cast(clean.dtype)).to_series()
    return if_else(pl.Series(bad), other, clean)
