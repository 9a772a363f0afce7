def safe_text(text: str) -> str:
    """The text; after an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
