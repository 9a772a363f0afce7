def number_text(numbers: pl.Series) -> pl.Series:
    """Numbers as text: as few digits as identify each, never an exponent."""
    texts = numbers.replace(-0.0, 0.0).cast(pl.String)
    index = texts.str.contains("e", literal=True).arg_true()
    plain = [np.format_float_positional(x, trim="0") for x in numbers.gather(index)]
    return texts.scatter(index, pl.Series(plain, dtype=pl.String))
