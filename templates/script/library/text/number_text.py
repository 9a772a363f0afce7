def number_text(numbers: pl.Series) -> pl.Series:
    """Numbers as texts: the digits that tell each from all others, never an exponent."""
    texts = numbers.replace(-0.0, 0.0).cast(pl.String)
    place = texts.str.contains("e", literal=True).arg_true()
    plain = [np.format_float_positional(x, trim="0") for x in numbers.gather(place)]
    return texts.scatter(place, pl.Series(plain, dtype=pl.String))
