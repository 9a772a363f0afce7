def faults_of(table: str, row: np.ndarray) -> Faults:
    """Which rows have which fault in which column; the faults of a cell share one draw."""
    found: Faults = {}
    for column, names in FAULTS[table].items():
        edges = np.cumsum([FAULT_RATES[fault] for fault in names])
        u = random(f"{table}.{column}/fault", row)
        place = np.searchsorted(edges, u, side="right")
        found |= {(column, fault): place == n for n, fault in enumerate(names)}
    return found
