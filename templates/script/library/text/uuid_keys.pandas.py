def uuid_keys(stream: str, row: np.ndarray) -> pd.Series:
    """A random UUID (version 4) for each row."""
    words = [random(f"{stream}/{n}", row) * 2**32 for n in range(4)]
    raw = np.stack(words, axis=1).astype(">u4").view(np.uint8)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    return texts(str(uuid.UUID(bytes=each.tobytes())) for each in raw)
