def number_text(number: float) -> str:
    """A number as short as it can be told from all others: 0.5, 0.00001, 1e-7."""
    text = repr(float(number))
    if text.endswith("e-05"):
        return np.format_float_positional(number, trim="0")
    return text.replace("e-0", "e-")
