def map_blocks(
    function: Callable[[int], Result], starts: range, workers: int
) -> Iterator[Result]:
    """The results for all blocks in order, computed only a few blocks ahead.

    The first block runs alone: what blocks share is computed once.
    """
    pool, ahead = ThreadPoolExecutor(workers), deque[Future[Result]]()
    try:
        yield from map(function, starts[:1])
        for start in starts[1:]:
            ahead.append(pool.submit(function, start))
            if len(ahead) > workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:  # after an error or Ctrl-C, start no further block
        pool.shutdown(cancel_futures=True)
