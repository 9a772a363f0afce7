def format_key(
    number: np.ndarray, prefix: str, width: int = 0, suffix: str = ""
) -> pd.Series:
    """Keys such as ORD-000042."""
    return text_series(f"{prefix}{n:0>{width}}{suffix}" for n in number.tolist())
