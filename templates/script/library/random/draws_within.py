@cache
def draws_within(
    quantile: Quantile, minimum: float, maximum: float, **parameters: float
) -> tuple[int, int]:
    """The draws whose values are in a range, in steps of 2**-53."""
    if minimum > maximum:
        raise RuntimeError(f"The minimum {minimum:g} is above the maximum {maximum:g}")

    def value(step: int) -> float:
        with np.errstate(divide="ignore"):  # at 0 some distributions are infinite
            return float(quantile(step / 2**53, **parameters))

    low = bisect_left(range(2**53), minimum, key=value)
    return low, bisect_right(range(2**53), maximum, key=value)
