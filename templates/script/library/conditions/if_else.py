def if_else(condition: pl.Series, then: object, otherwise: object) -> pl.Series:
    """`then` where the condition holds, `otherwise` where it is false or null."""
    both = [
        v if isinstance(v, pl.Series) else pl.Series([v]) for v in (then, otherwise)
    ]
    return pl.select(pl.when(condition).then(both[0]).otherwise(both[1])).to_series()
