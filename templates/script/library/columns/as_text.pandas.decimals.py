def as_text(values: pd.Series, moment: str = "%Y-%m-%d %H:%M:%S.%f+00:00") -> pd.Series:
    """Values as text: true, 2026-06-30, 0.00001; `moment` is a format for timestamps."""
    if pd.api.types.is_bool_dtype(values):
        text = values.map({True: "true", False: "false"}, na_action="ignore")
    elif pd.api.types.is_datetime64_any_dtype(values):
        text = values.dt.strftime("%Y-%m-%d" if values.dt.tz is None else moment)
    elif isinstance(values.dtype, pd.ArrowDtype):  # decimals
        text = values.map("{:f}".format, na_action="ignore")
    elif pd.api.types.is_float_dtype(values):
        text = values.map(number_text, na_action="ignore")
    else:
        text = values
    return text.astype(TEXT)
