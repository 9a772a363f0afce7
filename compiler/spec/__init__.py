"""What a user may write: pydantic models, one file a concern."""
