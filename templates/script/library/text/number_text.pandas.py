def number_text(number: float) -> str:
    """A number as text: as few digits as identify it, never an exponent."""
    text = repr(float(number) + 0.0)  # + 0.0 turns -0.0 into 0.0
    return np.format_float_positional(number, trim="0") if "e" in text else text
