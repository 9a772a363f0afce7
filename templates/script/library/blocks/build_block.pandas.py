def build_block(
    build: Callable[[np.ndarray], pd.DataFrame], row: np.ndarray
) -> pd.DataFrame:
    """The rows of one block; what was computed for them is forgotten afterwards."""
    try:
        return build(row)
    finally:
        BLOCK_VALUES.pop(get_ident(), None)
