def uuid_keys(stream: str, row: np.ndarray) -> pl.Series:
    """A random UUID (version 4) for each row."""
    words = [random(f"{stream}/{n}", row) * 2**32 for n in range(4)]
    raw = np.stack(words, axis=1).astype(">u4").view(np.uint8)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    digits = np.frombuffer(raw.tobytes().hex().encode(), np.uint8).reshape(-1, 32)
    keys = np.insert(digits, [8, 12, 16, 20], ord("-"), axis=1).tobytes().decode()
    return text_series(keys[n : n + 36] for n in range(0, len(keys), 36))
