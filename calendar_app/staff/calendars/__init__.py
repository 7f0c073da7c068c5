"""The desk of those who compile calendars."""
