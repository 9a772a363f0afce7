def with_own_memo(compute: Callable[[], Result]) -> Result:
    """A value computed from other rows than the block's, whose columns are preserved."""
    block = BLOCK_VALUES.pop(get_ident(), {})
    try:
        return compute()
    finally:
        BLOCK_VALUES[get_ident()] = block
