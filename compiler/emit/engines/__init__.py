"""How each engine writes frames, and what only it needs."""
