"""The helpers that scripts take with them, and the imports and packages that these need."""
