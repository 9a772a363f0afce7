def build_block(
    build: Callable[[np.ndarray], pl.DataFrame], row: np.ndarray
) -> pl.DataFrame:
    """The rows of one block; frees the columns computed for it."""
    try:
        return build(row)
    finally:
        BLOCK_VALUES.pop(get_ident(), None)
