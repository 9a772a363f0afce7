"""The rows of tables: how many, whose rows they depend on, and what identifies them."""
