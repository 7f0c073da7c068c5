"""Triggers of certificates: what was issued stays as it was issued."""

from __future__ import annotations

from calendar_app.guards.topic_lists import frozen

CREATE = frozen("certificate")

DROP = """
DROP TRIGGER certificate_frozen ON calendar_app_certificate;
DROP TRIGGER certificate_not_emptied ON calendar_app_certificate;
"""
