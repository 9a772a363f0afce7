def local_volume(volume: Volume, moment: datetime, zone: str, hours: int) -> float:
    """The mean volume of so many hours from a moment on, by the clocks of a time zone."""
    each = [moment + timedelta(hours=n) for n in range(hours)]
    return sum(volume(hour.astimezone(ZoneInfo(zone))) for hour in each) / hours
