def map_blocks(
    make: Callable[[int], Made], starts: range, workers: int
) -> Iterator[Made]:
    """What is made of each block, in order; a few are made ahead, no more.

    The first is made alone: what blocks share (pools, calendars) is made only once.
    """
    pool, ahead = ThreadPoolExecutor(workers), deque[Future[Made]]()
    try:
        yield from map(make, starts[:1])
        for start in starts[1:]:
            ahead.append(pool.submit(make, start))
            if len(ahead) > workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:  # after an error or Ctrl-C, what has not begun is not begun
        pool.shutdown(cancel_futures=True)
