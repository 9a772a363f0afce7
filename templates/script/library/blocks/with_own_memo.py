def with_own_memo(make: Callable[[], Made]) -> Made:
    """What is made of other rows than the block's, whose values stay as they are."""
    block = BLOCK_VALUES.pop(get_ident(), {})
    try:
        return make()
    finally:
        BLOCK_VALUES[get_ident()] = block
