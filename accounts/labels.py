"""Names of roles and languages for people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role


class Language(models.TextChoices):
    """Languages of the portal, each under its own name."""

    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"


ROLE_LABELS = {
    Role.AKIMAT_OFFICER: _("Akimat officer"),
    Role.AKIMAT_SIGNATORY: _("Akimat signatory"),
    Role.AUTHORITY_OFFICER: _("Officer of the authorised body"),
    Role.AUTHORITY_SIGNATORY: _("Signatory of the authorised body"),
    Role.MINISTRY_OFFICER: _("Ministry officer"),
    Role.MINISTRY_SIGNATORY: _("Ministry signatory"),
    Role.ASSISTANT: _("Assistant (prepares drafts)"),
    Role.COMMISSION_CHAIR: _("Chair of the commission"),
    Role.COMMISSION_DEPUTY_CHAIR: _("Deputy chair of the commission"),
    Role.COMMISSION_MEMBER: _("Member of the commission"),
    Role.SECRETARY: _("Secretary of the commission"),
    Role.OBSERVER: _("Observer"),
    Role.ADMIN: _("Administrator"),
}
ROLE_CHOICES = [(role.value, ROLE_LABELS[role]) for role in Role]
