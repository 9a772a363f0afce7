def if_else(condition: pd.Series, then: object, otherwise: object) -> pd.Series:
    """`then` where the condition holds, `otherwise` where it is false or null."""
    rows = len(condition)
    sides = [as_series(side, rows) for side in (then, otherwise)]
    holds = condition.fillna(False).to_numpy(bool)
    return gather(pd.concat(sides), np.where(holds, 0, rows) + np.arange(rows))
