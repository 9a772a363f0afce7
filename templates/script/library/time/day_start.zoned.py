def day_start(when: When, zone: tzinfo | None) -> datetime:
    """The moment that to_utc gives, except that days begin at midnight in a time zone."""
    moment = to_utc(when)
    if isinstance(when, datetime) or moment.timestamp() % 86_400:
        return moment
    return moment.replace(tzinfo=zone).astimezone(UTC)
