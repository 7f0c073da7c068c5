"""Forms of the commission, one per act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from base.clock import today
from base.forms import ActForm, LongText, ShortText
from calendar_app.labels.commission import SessionKind, VoteValue
from calendar_app.models import Session
from calendar_app.queries import commission as queries
from calendar_app.reachable import reachable

WORDS = 4000


class NoticeForm(ActForm):
    short_notice = LongText(
        label=_("Why members have less time than the rules give them"), limit=WORDS, rows=2, required=False
    )


class PlanForm(NoticeForm):
    kind = forms.ChoiceField(
        label=_("How the commission decides"), choices=SessionKind.choices, widget=forms.RadioSelect
    )
    held_at = forms.DateTimeField(
        label=_("Day and time; of a written vote, until when sheets are taken"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        validators=[reachable],
    )

    field_order = ["kind", "held_at", "short_notice"]


class VoteForm(ActForm):
    value = forms.ChoiceField(label=_("Your vote"), choices=VoteValue.choices, widget=forms.RadioSelect)
    opinion = LongText(label=_("Separate opinion, if you have one"), limit=WORDS, rows=3, required=False)


class _OfMember(ActForm):
    """A form about one member of today."""

    member = forms.TypedChoiceField(label=_("Member"), coerce=int)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        people = [(str(one.user_id), str(one.user)) for one in queries.members_on(today())]
        self.fields["member"].choices = people  # type: ignore[attr-defined]


class LinkForm(_OfMember):
    pass


class EnterVoteForm(_OfMember):
    value = forms.ChoiceField(
        label=_("What the member said"), choices=VoteValue.choices, widget=forms.RadioSelect
    )
    opinion = LongText(label=_("Separate opinion"), limit=WORDS, rows=3, required=False)


class CancelForm(ActForm):
    reasons = LongText(label=_("Why the session does not take place"), limit=WORDS, rows=3, required=False)


class ActOfApprovalForm(ActForm):
    act = ShortText(
        label=_("Act that puts the calendar into force: kind, number and date"), limit=300, required=False
    )


class CloseForm(ActForm):
    present = forms.MultipleChoiceField(
        label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple
    )
    protocol_number = ShortText(label=_("Number of the protocol"), limit=60, required=False)
    protocol_day = forms.DateField(
        label=_("Date of the protocol"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[reachable],
    )
    reasons = LongText(
        label=_("What is to be revised, if there is no majority"), limit=WORDS, rows=4, required=False
    )
    act = ShortText(
        label=_("Act that puts the calendar into force, if there is one"), limit=300, required=False
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, session: Session, version: int = 0) -> None:
        voted = list(session.votes.values_list("member_id", flat=True))
        initial = {"present": [str(one) for one in voted], "protocol_day": today()}
        super().__init__(data, version=version, initial=initial)
        if session.kind == SessionKind.WRITTEN:
            # Nobody sits together: who voted counts.
            del self.fields["present"]
            return
        members = [(str(one.user_id), str(one.user)) for one in queries.members_on(today())]
        self.fields["present"].choices = members  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        return super().words() | {"present": [int(key) for key in self.cleaned_data.get("present", ())]}
