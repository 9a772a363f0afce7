def faults_of(table: str, row: np.ndarray) -> Faults:
    """Which rows have which fault in which column; a cell has at most one fault."""
    found: Faults = {}
    for column, names in FAULTS[table].items():
        edges = np.cumsum([FAULT_RATES[fault] for fault in names])
        stream = STREAMS.get(f"{table}.{column}", f"{table}.{column}")
        u = random(f"{stream}/fault", row)
        index = np.searchsorted(edges, u, side="right")
        found |= {(column, fault): index == n for n, fault in enumerate(names)}
    return found
