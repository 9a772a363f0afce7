def safe_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with an apostrophe before texts that a spreadsheet would run as formulas."""
    texts = [name for name in frame if frame[name].dtype == TEXT]
    formula = r"^(?=[=+\-@\t\r])"
    safe = {name: frame[name].str.replace(formula, "'", regex=True) for name in texts}
    return frame.assign(**safe)
