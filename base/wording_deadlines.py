"""Sentences about terms that are extended and letters that are tried again, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEADLINES: dict[str, str | Promise] = {
    "letter_not_failed": _("Only a letter that was not delivered can be queued again."),
    "not_extendable": _("The term of this duty cannot be extended: it follows from the procedure itself."),
    "duty_not_open": _("This duty is not open any more, so its term cannot be extended."),
    "extension_not_later": _("Choose a day after the present last day, %(day)s."),
    "extension_past": _("Choose a day that has not passed. Today is %(day)s."),
    "extension_too_late": _("The half-year ends on %(day)s. Choose a day not later than that."),
    "extension_reason_required": _("Write the reason: everybody who sees the term reads it."),
}
