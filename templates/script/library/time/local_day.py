def local_day(text: str) -> date:
    """A date, or the date in TIMEZONE of a moment (UTC if it has no offset)."""
    if len(text) <= len("2026-06-30"):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return moment.astimezone(ZoneInfo(TIMEZONE)).date()
