"""Facts of the letters about calendars and the commission: each branch of a text with what it asks for."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("kk", "ru", "en")
VERSION: dict[str, Any] = {
    "half_year_code": "2027-H1",
    "path": "/kk/staff/calendars/2027-H1/1/",
    "meeting_count": 40,
}
_MEETINGS = {f"meetings_{code}": "– 27.02.2027, 11:00: су" for code in LANGUAGES}
_MINISTRY = {
    "ministry_kk": "Денсаулық сақтау министрлігі",
    "ministry_ru": "Министерство здравоохранения",
    "ministry_en": "Ministry of Health",
}
_ASKED = VERSION | _MINISTRY | _MEETINGS
_RECEIPT = VERSION | {
    "version": 1,
    "receipt_number": "C-2027-H1-1",
    "submitted_at": "2027-01-10T18:59:59+00:00",
    "last_day": "2027-01-10",
    "has_term": True,
    "late": False,
    "sha256": "5a" * 32,
}
_LATE = _RECEIPT | {"late": True, "explanation": "Келісу созылды."}
_MATERIALS = VERSION | {
    "version_number": 1,
    "held_at": "2027-01-17T06:00:00+00:00",
    "written": False,
    "reading_day": "2027-01-17",
    "seal": "0f" * 16,
    "sealed_path": "/kk/staff/commission/reading/%s/",
}
_DECIDED = VERSION | {
    "version_number": 1,
    "protocol_number": "7",
    "protocol_day": "2027-01-17",
    "reasons": "",
    "act": "",
}
_BODY = {"body_kk": "Абай облысының әкімдігі", "body_ru": "Акимат области Абай", "body_en": "Akimat of Abai"}
_PUBLISHED = (
    VERSION
    | _BODY
    | {
        "version_number": 1,
        "in_force_at": "2027-01-18T06:00:00+00:00",
        "body_meetings": 3,
        "is_akimat": True,
    }
)

CONTEXTS: dict[str, list[dict[str, Any]]] = {
    "coordination_asked": [_ASKED | {"round": 1, "last_day": "2026-12-20"}],
    "coordination_refused": [
        _ASKED | {"reasons": "Іссапар", "has_counter": False},
        _ASKED | {"reasons": "Іссапар", "has_counter": True, "counter_at": "2027-03-06T06:00:00+00:00"},
    ],
    "coordination_answered": [VERSION | _MINISTRY | {"agreed_count": 3, "refused_count": 1}],
    "coordination_entered": [
        _ASKED | {"agreed": agreed, "reasons": reasons, "letter_number": "12-3", "letter_day": "2026-12-18"}
        for agreed, reasons in ((True, ""), (False, "Іссапар"))
    ],
    "calendar_receipt": [_RECEIPT, _LATE],
    "calendar_submitted": [_RECEIPT, _LATE],
    "session_materials": [_MATERIALS, _MATERIALS | {"written": True}],
    "calendar_approved": [_DECIDED, _DECIDED | {"act": "Қаулы № 12"}],
    "calendar_returned": [_DECIDED | {"reasons": "Облыстар аз."}],
    "calendar_published": [_PUBLISHED, _PUBLISHED | {"is_akimat": False}],
}
