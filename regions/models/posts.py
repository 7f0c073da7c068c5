"""Posts, people, and who holds which post from when to when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from base.dated import holds_on, term
from regions.models.bodies import Body
from regions.models.naming import (
    Dated,
    Named,
    NamedQuerySet,
    Renamed,
    name_indexes,
    search_column,
    term_in_order,
)


class Post(Renamed):
    """One chair, held by one person at a time. Several vice-ministers are several posts."""

    class Kind(models.TextChoices):
        HEAD = "head", _("head")
        DEPUTY = "deputy", _("deputy head")
        DEPUTY_PRIME_MINISTER = "deputy_prime_minister", _("Deputy Prime Minister")
        OTHER = "other", _("other post")

    code = models.CharField(_("code"), max_length=80, primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors",
        verbose_name=_("successor"),
    )  # fmt: skip
    search = search_column("name_kk", "name_ru", "name_en", "code")

    objects = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = name_indexes("post")
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=models.Q(kind="head", valid_to=None),
                name="post_one_head_per_body",
                violation_error_message=_("This body already has the post of its head."),
            ),
            term_in_order("post_term"),
        ]


class Person(Named):
    """An official by name. The portal keeps nothing else about the person here."""

    class Meta:
        ordering = ["name_kk", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["name_kk"], name="person_name_kk")]

    def holds_on(self, day: date) -> TermQuerySet:
        """The terms of office of the person on the day, with post and body."""
        return self.terms.on(day).select_related("post__body")

    def is_deputy_prime_minister_on(self, day: date) -> bool:
        """Procedure, section 4, ground (c): also holds a post of Deputy Prime Minister on the day."""
        return self.terms.on(day).filter(post__kind=Post.Kind.DEPUTY_PRIME_MINISTER).exists()


class TermQuerySet(models.QuerySet["TermOfOffice"]):
    def on(self, day: date) -> Self:
        """Terms that run on the day."""
        return self.filter(holds_on(day))

    def heads(self) -> Self:
        """Terms of heads of bodies, acting ones included."""
        return self.filter(post__kind=Post.Kind.HEAD)

    def of_body(self, body: Body | str) -> Self:
        """Terms in the posts of a body (or its code)."""
        return self.filter(post__body=body)


class TermOfOffice(Dated):
    """A person in a post, both days included, by an act. An acting head holds the post like any other.

    The database refuses two people in one post on one day: the term of an absent head is ended, or the
    post is recorded as held by the acting one, before the other begins.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="terms", verbose_name=_("person"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="terms", verbose_name=_("post"))
    act = models.CharField(
        _("act of appointment"), max_length=300, blank=True, help_text=_("Kind, number and date.")
    )
    acting = models.BooleanField(_("acting"), default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["post", "valid_from"]
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        constraints = [
            ExclusionConstraint(
                name="term_of_office_one_holder",
                expressions=[("post", RangeOperators.EQUAL), (term(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another person holds this post on some of these days."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=False),
                name="term_of_office_has_begun",
                violation_error_message=_("Please give the first day of the term."),
            ),
            term_in_order("term_of_office_term"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"

    @property
    def body(self) -> Body:
        """The body of the post."""
        return self.post.body
