"""Versions of calendars as an Atom feed: each publication is one entry, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.dates import current_language, half_year_name, long_date
from calendar_app.public.addresses import calendar_address, site
from calendar_app.queries.meetings import PublishedVersion
from procedure.moments import day_of, in_utc

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def feed(versions: Sequence[PublishedVersion], path: str, demo: bool) -> str:
    """The feed at `path` (with its query) in the page's language; the same versions give the same bytes."""
    language, own = current_language(), f"{site()}{path}"
    updated = versions[0].in_force_from if versions else _never()
    title = _("Versions of the calendar of ministers’ meetings")
    note = _("Demonstration: people and events are invented") if demo else ""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{escape(own)}</id>",
        f"<title>{escape(title)}</title>",
        *([f"<subtitle>{escape(note)}</subtitle>"] if note else []),
        f"<updated>{_instant(updated)}</updated>",
        f"<author><name>{escape(_('Meetings with the population'))}</name></author>",
        f'<link rel="self" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(calendar_address(language))}/>',
        *(_entry(one, language) for one in versions),
        "</feed>",
    ]
    return "\n".join(parts) + "\n"


def _entry(version: PublishedVersion, language: str) -> str:
    day = day_of(version.in_force_from)
    link = calendar_address(
        language, f"as_of={day}&from={version.period.first_day}&to={version.period.last_day}"
    )
    title = _("Calendar for the %(period)s, version %(number)s") % {
        "period": half_year_name(version.period),
        "number": version.number,
    }
    return "\n".join([
        "<entry>",
        f"<id>{escape(f'{site()}/calendar/{version.period.code}/{version.number}')}</id>",
        f"<title>{escape(title)}</title>",
        f"<published>{_instant(version.in_force_from)}</published>",
        f"<updated>{_instant(version.in_force_from)}</updated>",
        f'<link rel="alternate" type="text/html" href={quoteattr(link)}/>',
        f'<summary type="text">{escape(_summary(version, day))}</summary>',
        "</entry>",
    ])  # fmt: skip


def _summary(version: PublishedVersion, day: date) -> str:
    """From when on it is in force and what is in it; why it was changed is for the desks."""
    sentences = [
        _("In force since: %(day)s.") % {"day": long_date(day)},
        ngettext("%(count)s meeting.", "%(count)s meetings.", version.meetings) % {"count": version.meetings},
    ]
    if version.number > version.first_number:
        sentences.append(_("New or changed in this version: %(count)s.") % {"count": version.changed})
    if version.cancelled:
        sentences.append(_("Cancelled: %(count)s.") % {"count": version.cancelled})
    return " ".join(sentences)


def _instant(moment: datetime) -> str:
    return f"{in_utc(moment):%Y-%m-%dT%H:%M:%SZ}"


def _never() -> datetime:
    """A feed without an entry still has to say when it changed: always the same instant."""
    return datetime.fromisoformat("2024-03-01T00:00:00+05:00")
