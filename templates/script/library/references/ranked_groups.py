def ranked_groups(
    stream: str,
    blocks: Blocks,
    by: ColumnWeights,
    batch_of_rows: Callable[[np.ndarray], np.ndarray] | None = None,
    batches: int = 1,
) -> Arrays:
    """What weighted_groups gives, computed once; each group's rows from the busiest on.

    The order of activity is a random one.
    """

    def ranked() -> Arrays:
        members, start, weight = weighted_groups(blocks, by, batch_of_rows, batches)
        size, order = np.diff(start), np.empty_like(members)
        for place in row_blocks(range(len(members))):
            group = np.searchsorted(start, place, side="right") - 1
            batch = group // (len(weight) // batches)
            rank = shuffled(place - start[group], size[group], stream, batch)
            order[place] = members[start[group] + rank]
        return order, start, weight

    return memo(stream, ranked)
