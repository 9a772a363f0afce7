def zipped(text: str) -> bytes:
    """A text as the bytes of a gzip file; the same ones each time."""
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)
