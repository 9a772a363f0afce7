def safe_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows whose texts no spreadsheet takes for formulas: an apostrophe is before them."""
    texts = [name for name in frame if frame[name].dtype == TEXT]
    formula = r"^(?=[=+\-@\t\r])"
    safe = {name: frame[name].str.replace(formula, "'", regex=True) for name in texts}
    return frame.assign(**safe)
