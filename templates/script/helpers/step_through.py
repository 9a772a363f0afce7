def step_through(rows: int) -> int:
    """A step that visits every one of the rows, neighbours far apart."""
    step = int(rows * 0.618)
    while math.gcd(step, rows) > 1:
        step += 1
    return step
