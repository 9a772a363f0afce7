def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows as they are written: categories as text, -0.0 as 0.0."""
    zero = pl.col(pl.Float64).replace(-0.0, 0.0)
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String), zero)
