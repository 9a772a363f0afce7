def local_day(text: str) -> date:
    """A day as it is written, or the one in TIMEZONE that a moment (UTC) falls in."""
    if len(text) <= len("2026-06-30"):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return moment.astimezone(ZoneInfo(TIMEZONE)).date()
