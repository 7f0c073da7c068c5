"""A reminder on one page that can be forwarded: the words of the letter, set as a paper."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from base.dates import long_date
from calendar_app.documents import pdf
from notices.attachments import Attachment
from notices.models import Letter
from notices.rendering import Text

# Below it stands what only a mail program needs.
SIGNATURE = "\n--\n"


@dataclass(frozen=True)
class Page:
    """What the page says: subject and paragraphs of the letter, the day it was written, and who wrote it."""

    language: str
    title: str
    day: str
    paragraphs: tuple[str, ...]
    marks: tuple[str, ...]
    foot: tuple[str, ...]
    at: datetime


def one_page(letter: Letter, text: Text) -> Attachment:
    """The PDF of a reminder, in the letter's language; the same letter gives the same bytes."""
    page = page_of(letter, text)
    written = pdf.compiled("reminder.typ", json.dumps(asdict(page), default=str), page.at)
    return Attachment(f"{letter.kind.replace('_', '-')}-{letter.language}.pdf", "application/pdf", written)


def page_of(letter: Letter, text: Text) -> Page:
    """The page as plain data."""
    body, _, _rest = text.body.partition(SIGNATURE)
    demonstration = (gettext("Demonstration: people and events are invented"),) if settings.DEMO else ()
    return Page(
        language=letter.language,
        title=text.subject,
        day=long_date(letter.created_at, language=letter.language),
        paragraphs=tuple(part.strip() for part in body.split("\n\n") if part.strip()),
        marks=demonstration,
        foot=(gettext("Meetings with the population"), settings.PUBLIC_URL),
        at=letter.created_at,
    )
