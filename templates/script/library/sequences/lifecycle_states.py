def lifecycle_states(*cases: Mapping[str, Mapping[str, float]]) -> list[str]:
    """All states: in each case those that have moves, then those that are only moved to."""
    listed = (
        [*moves, *(to for each in moves.values() for to in each)] for moves in cases
    )
    return list(dict.fromkeys(name for names in listed for name in names))
