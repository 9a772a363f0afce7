def if_else(condition: pl.Series, then: object, otherwise: object) -> pl.Series:
    """`then` where the condition holds, `otherwise` where it is false or null."""
    chosen = pl.when(condition).then(as_series(then)).otherwise(as_series(otherwise))
    return pl.select(chosen).to_series()
