def without_nulls(numbers: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """The numbers, with 0 for null, and where they are null."""
    return numbers.fill_null(0).to_numpy(), numbers.is_null().to_numpy()
