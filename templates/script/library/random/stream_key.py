def stream_key(stream: str) -> int:
    """The key of a stream of random numbers, from its name and SEED."""
    digest = hashlib.blake2b(f"{SEED}/{stream}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
