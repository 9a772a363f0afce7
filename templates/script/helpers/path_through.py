def path_through(rows: int, stream: str) -> tuple[int, int]:
    """Where to start, and which step to take, to visit every row, neighbours far apart."""
    key = int(stream_key(f"{stream}/path"))
    step = rows // 5 + key % (rows // 2 + 1)
    while math.gcd(step, rows) > 1:
        step += 1
    return key % rows, step
