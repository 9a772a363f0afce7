def number_text(number: float) -> str:
    """A number in the digits that tell it from all others, never with an exponent."""
    text = repr(float(number) + 0.0)  # which makes -0.0 zero
    return np.format_float_positional(number, trim="0") if "e" in text else text
