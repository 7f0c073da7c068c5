"""What a person is at a body, from a day to a day."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.labels import ROLE_CHOICES
from accounts.permissions import EVERYWHERE, ROLE_BODY_KINDS, Permission, Role, grants
from base import dated
from regions.models import Body


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """Memberships that hold on the day (its first and its last day included)."""
        return self.filter(dated.holds_on(day))

    def of_person(self, user: int) -> list[Membership]:
        """All memberships of the person with this key, in the order of their making; one query.

        Of a closed body the members of its successor have what was its own: its lists, questions and duties.

        Every signed-in request asks for them, so the SQL is fixed: the ORM took twice the time of the query
        to write it anew. The body comes with its names, kind and region; the rest of it is read when asked.
        """
        found: list[Membership] = list(self.model.objects.raw(_of_person(), [user]))
        for one in found:
            one.body = Body.from_db(self.db, _OF_BODY, [getattr(one, f"body_{name}") for name in _OF_BODY])
        return found


# In the order of the model, which `from_db` relies on.
_OF_BODY = [
    field.attname
    for field in Body._meta.concrete_fields
    if field.attname in ("code", "kind", "name_kk", "name_ru", "name_en", "region_id")
]
# A body that was closed lives on in its successor: whoever works there has the same role at it from the next day.
_OF_PERSON = """
    WITH RECURSIVE reach AS (
        SELECT id, body_id AS code, valid_from AS since FROM accounts_membership WHERE user_id = %s
        UNION
        SELECT r.id, b.code, greatest(r.since, b.valid_to + 1)
        FROM reach r JOIN regions_body b ON b.successor_id = r.code AND b.valid_to IS NOT NULL
    )
    SELECT m.id, m.user_id, r.code AS body_id, m.role, r.since AS valid_from, m.valid_to, m.body_id AS member_of,
        b.code AS body_code, b.kind AS body_kind,
        b.name_kk AS body_name_kk, b.name_ru AS body_name_ru, b.name_en AS body_name_en,
        b.region_id AS body_region_id{counted}
    FROM reach r JOIN accounts_membership m ON m.id = r.id JOIN regions_body b ON b.code = r.code
    ORDER BY m.id, r.code <> m.body_id, r.code
"""


@cache
def _of_person() -> str:
    """With the numbers that settings name: fixed text of the program, each a subselect about `m.user_id`."""
    counted = (f", ({select}) AS counted_{name}" for name, select in settings.COUNTED_WITH_PERSON.items())
    return _OF_PERSON.replace("{counted}", "".join(counted))


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

    # The body that the person belongs to, where the row is one at a predecessor; set by `of_person()` only.
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

    def holds_on(self, day: date) -> bool:
        return dated.contains(self.valid_from, self.valid_to, day)

    def grants(self, permission: Permission, body_id: object | None = None) -> bool:
        """Whether this membership gives the permission, at the body with this key if one is named."""
        if not grants(self.role, permission):
            return False
        return body_id is None or self.reaches_everywhere or self.body_id == body_id

    @property
    def reaches_everywhere(self) -> bool:
        return self.role in EVERYWHERE
