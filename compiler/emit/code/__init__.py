"""Python source as values: code, literals, comments, and the layout of a whole file."""
