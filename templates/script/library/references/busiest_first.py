def busiest_first(groups: Arrays, stream: str, batches: int = 1) -> Arrays:
    """These groups, each with its rows in random order: that of their activity."""
    members, start, weight = groups
    size, ranked = np.diff(start), np.empty_like(members)
    for place in row_blocks(range(len(members))):
        group = np.searchsorted(start, place, side="right") - 1
        batch = group // (len(weight) // batches)
        rank = shuffled(place - start[group], size[group], stream, batch)
        ranked[place] = members[start[group] + rank]
    return ranked, start, weight
