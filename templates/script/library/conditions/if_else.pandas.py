def if_else(condition: pd.Series, then: object, otherwise: object) -> pd.Series:
    """`then` where the condition holds, `otherwise` where it is false or null."""
    rows = len(condition)
    sides = concat(as_series(side, rows) for side in (then, otherwise))
    return gather(sides, np.where(is_true(condition), 0, rows) + np.arange(rows))
