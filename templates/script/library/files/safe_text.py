def safe_text(text: str) -> str:
    """A text as it is in CSV, where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
