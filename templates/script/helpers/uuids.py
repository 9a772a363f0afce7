def uuids(stream: str, row: np.ndarray) -> pl.Series:
    """A random UUID (version 4) for each row."""
    halves = [
        (uniform(f"{stream}/{quarter}", row) * 2**32).astype(">u4")
        for quarter in range(4)
    ]
    raw = np.stack(halves, axis=1).view(np.uint8).reshape(len(row), 16)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    digits = pl.Series(
        raw.tobytes().hex()[i : i + 32] for i in range(0, 32 * len(row), 32)
    )
    return digits.str.replace(r"(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
