def uuid_keys(stream: str, row: np.ndarray) -> pl.Series:
    """A random UUID (version 4) for each row."""
    words = [random(f"{stream}/{n}", row) * 2**32 for n in range(4)]
    raw = np.stack(words, axis=1).astype(">u4").view(np.uint8)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    digits = raw.tobytes().hex()
    keys = pl.Series(
        [digits[n : n + 32] for n in range(0, len(digits), 32)], dtype=pl.String
    )
    return keys.str.replace(r"(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
