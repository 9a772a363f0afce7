"""The models of a spec, in pydantic: one module a topic."""
