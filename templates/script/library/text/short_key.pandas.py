def short_key(number: np.ndarray, prefix: str, width: int, suffix: str) -> pd.Series:
    """Keys of a few digits, or of numbers far from each other."""
    return text_series(f"{prefix}{n:0>{width}}{suffix}" for n in number.tolist())
