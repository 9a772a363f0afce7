"""Time as code: the window, calendars, hours, events, moments in expressions."""
