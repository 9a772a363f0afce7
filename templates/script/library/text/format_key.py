def format_key(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pl.Series:
    """Keys such as ORD-000042."""
    if width > 4 or number.min(initial=0) >= 10_000:  # their last four digits apart
        head = number // 10_000
        first, last = int(head.min(initial=0)), int(head.max(initial=0))
        if last - first < len(number) // 4:  # few texts for many rows
            zeros = max(0, width - 4)
            heads = text_series(
                f"{prefix}{n:0>{zeros}}" for n in range(first, last + 1)
            )
            ends = key_ends(suffix)
            return gather(heads, head - first) + gather(ends, number - 10_000 * head)
    return short_key(number, prefix, width, suffix)
