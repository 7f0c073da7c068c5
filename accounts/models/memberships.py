"""What a person is at a body, from a day to a day."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.labels import ROLE_CHOICES, ROLE_LABELS
from accounts.permissions import EVERYWHERE, ROLE_BODY_KINDS, ROLE_PERMISSIONS, Permission, Role, grants
from base import dated


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """Memberships that hold on the day (its first and its last day included)."""
        return self.filter(dated.holds_on(day))


class Membership(models.Model):
    """A role of a user at a body; rights follow from it alone (procedure, section 1)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
    )
    body = models.ForeignKey(
        "regions.Body", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("body")
    )
    role = models.CharField(_("role"), max_length=30, choices=ROLE_CHOICES)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Leave empty while the membership lasts.")
    )

    # The body that the person belongs to, where the row is one at a predecessor; set by `rights.person` only.
    member_of: str

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_known_role"
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (dated.term(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds this role at this body in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.body_id})"

    def clean(self) -> None:
        """Raise ValidationError beside the field: days the wrong way round, a role at a wrong body.

        Days the wrong way round are refused here, because PostgreSQL cannot even compare such a range.
        """
        errors = {}
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            errors["valid_to"] = _("The last day must not be before the first day.")
        kinds = ROLE_BODY_KINDS.get(self.role)  # type: ignore[call-overload]
        if kinds and self.body_id and self.body.kind not in kinds:
            errors["role"] = _("This role cannot be held at a body of this kind.")
        if errors:
            raise ValidationError(errors)

    @property
    def role_name(self) -> str:
        """The role in the page's language. `get_role_display` puts all roles in words to find the one."""
        return str(ROLE_LABELS[Role(self.role)])

    def holds_on(self, day: date) -> bool:
        return dated.contains(self.valid_from, self.valid_to, day)

    def grants(self, permission: Permission, body_id: object | None = None) -> bool:
        """Whether this membership gives the permission, at the body with this key if one is named."""
        if not grants(self.role, permission):
            return False
        return body_id is None or self.reaches_everywhere or self.body_id == body_id

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that the table gives to the role."""
        return ROLE_PERMISSIONS.get(Role(self.role), frozenset())

    @property
    def reaches_everywhere(self) -> bool:
        return self.role in EVERYWHERE
