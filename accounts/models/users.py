"""People who sign in. Rights come from memberships, read anew for every request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.labels import Language
from accounts.permissions import Permission
from audit.actors import Actor
from base import clock
from regions.models import Body

if TYPE_CHECKING:
    from accounts.models.memberships import Membership


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Create a person; without a password nobody can sign in as them."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person with an account. There are no groups and no superusers: memberships give every right."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*\Z",
                _("Use small Latin letters, digits, dots, hyphens and underscores."),
            )
        ],
        error_messages={"unique": _("There is already an account with this name.")},
    )
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.KK, help_text=_("Letters use it.")
    )
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Switching it off ends all sessions of this person.")
    )
    daily_digest = models.BooleanField(
        _("daily digest"),
        default=False,
        help_text=_("One letter a day instead of single reminders; the last one before a term always comes."),
    )
    must_change_password = models.BooleanField(_("must choose a new password"), default=False, editable=False)
    # Part of every session's fingerprint: a step forward ends all sessions of the person.
    session_series = models.PositiveIntegerField(default=0, editable=False)

    # Set for every request by django-otp's middleware.
    is_verified: Callable[[], bool]
    # The numbers of `settings.COUNTED_WITH_PERSON`, for a person whom `rights.person` read.
    counted: Mapping[str, int] = MappingProxyType({})

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    # --- Rights ---------------------------------------------------------------------------------------
    def held(self, on: date) -> list[Membership]:
        """Memberships that hold on the day, with bodies; read once for this instance (one request)."""
        if not hasattr(self, "_memberships"):
            from accounts.models import rights

            read = rights.person(self.pk)
            self.know(read._memberships if read else [])
        return [membership for membership in self._memberships if membership.holds_on(on)]

    def know(self, memberships: list[Membership]) -> None:
        """Take over all memberships of this person, in the order of their making, as they have just been read."""
        self._memberships = memberships

    def may(self, permission: Permission, body: Body | None = None, *, on: date) -> bool:
        """Whether the person has the permission on the day: anywhere, or at the named body."""
        return self.may_at(permission, None if body is None else body.pk, on=on)

    def may_at(self, permission: Permission, body_id: str | None, *, on: date) -> bool:
        """The same for the body with this key: whether `bodies_with` has it."""
        return self.is_active and any(one.grants(permission, body_id) for one in self.held(on))

    def permissions(self, on: date) -> frozenset[Permission]:
        """What the person may do on the day, at whatever body."""
        return (
            frozenset().union(*(one.permissions for one in self.held(on))) if self.is_active else frozenset()
        )

    def bodies_with(self, permission: Permission, *, on: date) -> models.QuerySet[Body]:
        """Bodies that the permission reaches on the day; all of them for roles that reach everywhere."""
        granting = [one for one in self.held(on) if one.grants(permission)] if self.is_active else []
        if any(one.reaches_everywhere for one in granting):
            return Body.objects.all()
        return Body.objects.filter(pk__in={one.body_id for one in granting})

    def actor(
        self, body: Body | None = None, *, permission: Permission | None = None, on: date | None = None
    ) -> Actor:
        """Who this person is in the journal: in the role that gives the permission, at the named body.

        A role at the named body goes before one that reaches every body; without any the role is empty.
        """
        held = self.held(clock.today() if on is None else on)
        fitting = [one for one in held if permission is None or one.grants(permission)]
        own = [one for one in fitting if body is not None and one.body_id == body.pk]
        chosen = next(iter(own or fitting), None)
        return Actor(
            id=self.username,
            label=str(self),
            role=chosen.role if chosen else "",
            body=chosen.member_of if chosen else "",
        )

    # --- What Django's admin asks ---------------------------------------------------------------------
    @property
    def is_staff(self) -> bool:
        return self.may(Permission.ADMIN_SITE, on=clock.today())

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """The admin is one right: whoever may enter it may do what its pages offer."""
        return self.is_staff

    def has_perms(self, perm_list: Any, obj: object | None = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    # --- Sessions -------------------------------------------------------------------------------------
    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Fingerprint of a session: it ends with a new password or a step of the session series."""
        value = f"{self.password}|{self.session_series}"
        salt = "accounts.models.User.get_session_auth_hash"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """End every session of the person at its next request."""
        self.session_series = models.F("session_series") + 1
        self.save(update_fields=["session_series"])
        self.refresh_from_db(fields=["session_series"])
