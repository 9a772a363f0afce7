def as_decimals(name: str, numbers: pd.Series, precision: int, scale: int) -> pd.Series:
    """Numbers of a column as exact decimals; RuntimeError where one has too many digits."""
    floats = as_floats(numbers)
    largest = float(np.fmax.reduce(np.abs(floats), initial=0.0))
    if round(largest, scale) >= 10.0 ** (precision - scale):
        size = f"decimal({precision}, {scale})"
        raise RuntimeError(f"{name}: {largest:,} does not fit {size}")
    decimals = pa.decimal128(precision, scale)
    exact = pa.array(floats, from_pandas=True).cast(decimals, safe=False)
    return pd.Series(exact, dtype=pd.ArrowDtype(decimals))
