"""A meeting as schema.org Event, for search engines: data inside the page, no code (the policy allows it)."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from base.names import in_language
from calendar_app.labels.meetings import Mode
from calendar_app.public.addresses import address
from calendar_app.queries.published import PublicMeeting
from procedure.moments import ALMATY

_MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
_SPOKEN = {"kk": ["kk"], "ru": ["ru"], "kk_ru": ["kk", "ru"]}
# As Django's json_script: nothing in the data may end the element or begin another one.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def event_script(row: PublicMeeting, language: str) -> SafeString:
    """The whole script element."""
    text = json.dumps(event(row, language), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def event(row: PublicMeeting, language: str) -> dict[str, Any]:
    """The meeting in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": in_language(row, "subject", language),
        "description": " ".join(filter(None, (row.who(language), in_language(row, "note", language)))),
        "startDate": row.starts.astimezone(ALMATY).isoformat(),
        "endDate": row.ends.astimezone(ALMATY).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if row.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[Mode(row.mode)]}",
        "location": _location(row, language),
        "performer": [{"@type": "Person", "name": guest.named(language)} for guest in row.guests],
        "inLanguage": _SPOKEN[row.languages],
        "isAccessibleForFree": True,
        "identifier": row.number,
        "url": address(row.number, language),
    }


def _location(row: PublicMeeting, language: str) -> Any:
    virtual = {"@type": "VirtualLocation", "url": row.online_url or address(row.number, language)}
    if row.mode == Mode.ONLINE:
        return virtual
    postal = {
        "@type": "PostalAddress",
        "streetAddress": in_language(row, "address", language) or row.venue(language),
        "addressLocality": in_language(row, "place", language),
        "addressRegion": in_language(row, "region", language),
        "addressCountry": "KZ",
    }
    place = {
        "@type": "Place",
        "name": in_language(row, "hall", language) or row.venue(language) or row.locality(language),
        "address": postal,
    }
    return [place, virtual] if row.mode == Mode.HYBRID else place
