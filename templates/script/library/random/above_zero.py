def above_zero(**parameters: Number) -> None:
    """Raise RuntimeError where a parameter of a distribution is not above 0."""
    for name, value in parameters.items():
        minimum = np.min(value, initial=1)
        if minimum <= 0:
            raise RuntimeError(f"{name} is {minimum:g}: it must be above 0")
