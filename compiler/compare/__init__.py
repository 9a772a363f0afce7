"""How like the source generated data is, in the standard measures."""
