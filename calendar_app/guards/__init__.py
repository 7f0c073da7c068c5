"""Triggers, one file per noun: what must never happen is refused by the database itself."""
