def bad_cells(fault: str, clean: pl.Series) -> pl.Series | pl.Expr:
    """What a fault puts in the place of clean cells."""
    if fault == "null":
        return pl.lit(None)
    if fault == "orphan_ref":  # keys that no row has
        number = clean.dtype.is_integer()
        return -1 - clean if number else clean.cast(pl.String) + "-gone"
    value = OUTLIER_MOMENT if clean.dtype.is_temporal() else OUTLIER_NUMBER
    return pl.lit(value).cast(clean.dtype)
