def as_decimals(name: str, numbers: pl.Series, precision: int, scale: int) -> pl.Series:
    """Numbers of a column as exact decimals; RuntimeError where one has too many digits."""
    largest = float(np.fmax.reduce(np.abs(as_floats(numbers)), initial=0.0))
    if round(largest, scale) >= 10.0 ** (precision - scale):
        size = f"decimal({precision}, {scale})"
        raise RuntimeError(f"{name}: {largest:,} does not fit {size}")
    return numbers.cast(pl.Decimal(precision, scale))
