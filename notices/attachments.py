"""Papers that go with letters. Settings name who makes them, so that letters know nothing of calendars."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from notices.models import Letter
from notices.rendering import RenderingError, Text


@dataclass(frozen=True)
class Attachment:
    """A file of a letter: its name in ASCII, its type, its bytes; the same letter gives the same bytes."""

    name: str
    content_type: str
    content: bytes


def number_of(letter: Letter) -> int:
    """How many papers go with letters of this kind."""
    return len(settings.LETTER_ATTACHMENTS.get(letter.kind, ()))


def of(letter: Letter, text: Text) -> list[Attachment]:
    """The papers of the letter, in its language. Raises RenderingError."""
    makers = [import_string(path) for path in settings.LETTER_ATTACHMENTS.get(letter.kind, ())]
    try:
        with translation.override(letter.language):
            return [make(letter, text) for make in makers]
    except Exception as error:  # as with texts: the letter waits for the repair
        raise RenderingError(type(error).__name__) from error
