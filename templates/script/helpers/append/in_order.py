def in_order(rows: np.ndarray, come: Callable[[np.ndarray], np.ndarray]) -> Arrays:
    """The rows as batches bring them, by number within each; their batches; each one's place."""
    batch = come(rows)
    order = np.argsort(batch, kind="stable")
    return rows[order], batch[order], np.argsort(order)
