def power(base: pd.Series | float, exponent: pd.Series | float) -> pd.Series:
    """Powers as C computes them; numpy's results may differ in the last bit."""

    def power_of(x: float, y: float) -> float:
        if not isinstance(exponent, pd.Series) and y in range(3, 10):
            return math.prod([x] * int(y))
        try:
            return math.pow(x, y)
        except (ValueError, OverflowError):
            return math.inf

    rows = max(len(side) for side in (base, exponent) if isinstance(side, pd.Series))
    sides = [as_series(side, rows) for side in (base, exponent)]
    null = sides[0].isna() | sides[1].isna()
    pairs = zip(*(side.astype("Float64").fillna(1.0) for side in sides), strict=True)
    powers = pd.Series([power_of(*pair) for pair in pairs], dtype="float64")
    return null_where(powers, null.to_numpy()) if null.any() else powers
