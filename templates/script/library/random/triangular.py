def triangular(u: np.ndarray, left: Number, mode: Number, right: Number) -> np.ndarray:
    """Triangular, from left to right with its peak at the mode."""
    if np.any(left > mode) or np.any(mode > right):
        raise RuntimeError(f"left {left}, mode {mode}, right {right} are not in order")
    width, rise, fall = right - left, mode - left, right - mode
    rising = left + np.sqrt(u * width * rise)
    falling = right - np.sqrt((1 - u) * width * fall)
    return np.where(u * width < rise, rising, falling)
