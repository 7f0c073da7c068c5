"""Dated rule sets: the TOML text of the rules, its hash and the day it came into force."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from base.wording import sentence
from procedure.rule_sets import InvalidRuleSet, parse_rule_set
from procedure.rule_sets import RuleSet as Rules


@lru_cache(maxsize=32)
def _parsed(text: str) -> Rules:
    return parse_rule_set(text)


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def in_force_on(self, day: date) -> RuleSet:
        """The rule set in force on that day; raises RuleSet.DoesNotExist when there is none."""
        return in_force(self.filter(in_force_from__lte=day).order_by("-in_force_from", "-pk")[:1], day)


class RuleSet(models.Model):
    """A row of the rules in force from a day; one that was used is frozen by a trigger."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    text = models.TextField(
        _("rules (TOML)"), max_length=100_000, help_text=_("Deadlines, terms, grounds and exemptions.")
    )
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, editable=False)
    in_force_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Empty: kept, but not in force.")
    )
    used = models.BooleanField(_("used"), default=False, editable=False)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["-in_force_from", "code"]
        constraints = [
            models.UniqueConstraint(fields=["in_force_from"], name="rule_set_one_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def rules(self) -> Rules:
        """The parsed rules; the text was checked when it was saved."""
        return _parsed(self.text)

    def clean(self) -> None:
        """Refuse a text with impossible dates or unknown words, with a sentence per problem."""
        try:
            rules = parse_rule_set(self.text)
        except InvalidRuleSet as refusal:
            raise ValidationError({"text": [sentence(problem) for problem in refusal.problems]}) from None
        if rules.code != self.code:
            raise ValidationError({"code": _("The code in the text is “%(code)s”.") % {"code": rules.code}})
        if self._leaves_a_gap():
            raise ValidationError({"in_force_from": _("Bring another rule set into force first.")})
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest()

    def _leaves_a_gap(self) -> bool:
        """Whether days would be left without rules: this set moves later, or away, and no earlier one is there."""
        begins = RuleSet.objects.filter(pk=self.pk).values_list("in_force_from", flat=True).first()
        if begins is None or (self.in_force_from and self.in_force_from <= begins):
            return False
        return not RuleSet.objects.exclude(pk=self.pk).filter(in_force_from__lte=begins).exists()


def in_force(rule_sets: Iterable[RuleSet], day: date) -> RuleSet:
    """Of rule sets that were read already, the one in force on that day; raises RuleSet.DoesNotExist."""
    begun = [one for one in rule_sets if one.in_force_from and one.in_force_from <= day]
    if not begun:
        raise RuleSet.DoesNotExist(f"no rule set in force on {day}")
    return max(begun, key=lambda one: (one.in_force_from, one.pk))
