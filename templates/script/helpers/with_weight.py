def with_weight(rows: Candidates, by: Weighing) -> Arrays:
    """The rows whose weight is above 0, in order."""
    members, start, weight = grouped(rows, by)
    return (np.sort(members[np.repeat(weight > 0, np.diff(start))]),)
