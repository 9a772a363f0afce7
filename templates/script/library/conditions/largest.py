def largest(*values: object) -> pl.Series:
    """The largest of the values in each row; null where one of them is null."""
    result = as_series(values[0])
    for value in map(as_series, values[1:]):
        result = if_else(result.is_null() | (result > value), result, value)
    return result
