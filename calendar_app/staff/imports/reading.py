"""What the pages of imports show: topics with places and errors, look-alikes side by side, differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _

from base.search import fold
from base.wording import sentence
from calendar_app.labels.imports import ImportKind, ImportState
from calendar_app.labels.topic_lists import Sector, Urgency
from calendar_app.models import Import, ImportFile, Topic, TopicList
from calendar_app.queries import imports as queries
from calendar_app.queries.imports import ReadTopic
from calendar_app.staff.imports import forms
from procedure.list_changes import word_changes
from procedure.look_alikes import look_alikes
from procedure.problems import Problem
from procedure.topic_lists import TopicDraft
from regions.models import Body, Territory


@dataclass(frozen=True)
class Member:
    """A topic in a group of look-alikes: its letter, its words, where it comes from."""

    letter: str
    draft: TopicDraft
    where: str


@dataclass
class Preview:
    """Everything the page of an import shows."""

    form: Any
    files: Sequence[ImportFile] = ()
    topics: list[dict[str, Any]] = field(default_factory=list)
    groups: list[tuple[Sequence[Member], django_forms.BoundField]] = field(default_factory=list)
    districts: Sequence[django_forms.BoundField] = ()
    differences: list[dict[str, Any]] = field(default_factory=list)
    problems: Sequence[str] = ()
    can_take: bool = False

    @property
    def faults(self) -> list[tuple[ImportFile, list[str]]]:
        """What is wrong, by file, in words."""
        return [(file, [told(one) for one in file.problems]) for file in self.files if file.faults]


def told(problem: Problem) -> str:
    """“Sheet “Topics”, row 14, column F: …” for a problem that has a place."""
    place = problem.params
    if not place.get("sheet"):
        return sentence(problem)
    if not place.get("row"):
        where = _("Sheet “%(sheet)s”")
    elif not place.get("column"):
        where = _("Sheet “%(sheet)s”, row %(row)s")
    else:
        where = _("Sheet “%(sheet)s”, row %(row)s, column %(column)s")
    return f"{where % dict(place)}: {sentence(problem)}"


def preview_of(batch: Import, data: Mapping[str, Any] | None, on: date) -> Preview:
    """What was read of the import beside the list as it stands; `data` is the form that came."""
    files = list(batch.files.select_related("district"))
    if batch.kind == ImportKind.TRANSLATION:
        return _translation(batch, files, data)
    return _topics(batch, files, data, on)


def _topics(batch: Import, files: list[ImportFile], data: Mapping[str, Any] | None, on: date) -> Preview:
    present = list(batch.own_list.topics.select_related("district"))
    known = queries.known_topics(present)
    topics = queries.read_topics(files)
    left_out = [one.key for one in topics if data is not None and f"take-{one.key}" not in data]
    groups = queries.alike(known, topics, left_out)
    offered = Territory.objects.within(batch.own_list.akimat.region_id or "").districts().on(on)
    districts = forms.district_choices(offered.in_alphabetical_order())
    form = forms.TakeForm(data, batch=batch)
    form.ask(topics, files, groups, districts, known)
    members = _members(present, known, topics, dict(districts))
    return Preview(
        form=form,
        files=files,
        topics=_offered(form, topics, dict(districts)),
        groups=[
            ([members(place, key) for place, key in enumerate(group.members)], form[f"same-{group.key}"])
            for group in groups
        ],
        districts=[form[name] for name in form.fields if name.startswith("district-")],
        can_take=batch.state == ImportState.READ,
    )


def _offered(
    form: forms.TakeForm, topics: Sequence[ReadTopic], districts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The topics that were read, each with its box to tick."""
    ministries = {one.pk: str(one) for one in Body.objects.ministries()}
    sectors = dict(Sector.choices)
    return [
        {
            "topic": one,
            "box": form[f"take-{one.key}"],
            "where": _where(one, districts),
            "ministry": ministries.get(one.draft.ministry, ""),
            "sector": sectors.get(one.draft.sector, ""),
            "urgency": Urgency(one.draft.urgency).label if one.draft.urgency in Urgency else "",
        }
        for one in topics
    ]


def _members(
    present: Sequence[Topic],
    known: Mapping[str, TopicDraft],
    topics: Sequence[ReadTopic],
    districts: Mapping[str, str],
) -> Callable[[int, str], Member]:
    """A maker of the members of a group of look-alikes, by their place in it and their key."""
    by_key = {one.key: one for one in topics}
    numbers = {f"t{topic.pk}": number for number, topic in enumerate(present, start=1)}

    def member(place: int, key: str) -> Member:
        letter = chr(ord("A") + place)
        if key in known:
            where = _("In the list already: topic %(number)s") % {"number": numbers[key]}
            return Member(letter, known[key], where)
        return Member(letter, by_key[key].draft, _where(by_key[key], districts))

    return member


def _where(one: ReadTopic, names: Mapping[str, str]) -> str:
    place = {"file": one.file.name, "row": one.row}
    said = _("%(file)s, row %(row)s") % place
    district = names.get(one.draft.district)
    return f"{district} · {said}" if district else said


def _translation(batch: Import, files: list[ImportFile], data: Mapping[str, Any] | None) -> Preview:
    topics = list(batch.own_list.topics.all())
    found, problems = queries.translated(batch, batch.own_list, topics)
    form = forms.TakeTranslationForm(data, batch=batch, found=found)
    numbers = {f"T{topic.pk}": number for number, topic in enumerate(topics, start=1)}
    shown = [
        {
            "what": _what(one.name, numbers),
            "one": one,
            "mark": mark,
            "ticked": ticked,
            "changes": word_changes(one.before, one.after),
        }
        for one, mark, ticked in form.boxes
    ]
    return Preview(
        form=form,
        files=files,
        differences=shown,
        problems=[sentence(one) for one in problems],
        can_take=batch.state == ImportState.READ and bool(found) and not problems,
    )


def _what(name: str, numbers: Mapping[str, int]) -> str:
    owner, part = name.split(".")
    if owner in numbers:
        said = _("Topic %(number)s, title") if part == "title" else _("Topic %(number)s, situation")
        return said % {"number": numbers[owner]}
    return (
        _("Analysis of the situation in the region") if part == "analysis" else _("Why there are no topics")
    )


def previous_list(topic_list: TopicList) -> TopicList | None:
    """The akimat's list for the half-year before, with topics and what became of them."""
    lists = TopicList.objects.of_half_year(topic_list.period.previous).filter(akimat=topic_list.akimat_id)
    return (
        lists.select_related("akimat")
        .prefetch_related("topics__ministry", "topics__district")
        .with_submissions()
        .first()
    )


def half_translated(topic_list: TopicList) -> int:
    """How many texts lack one language."""
    texts = queries.texts_of(topic_list, list(topic_list.topics.all()))
    return sum(bool(kk) != bool(ru) for kk, ru in texts.values())


def already_there(topic_list: TopicList, previous: TopicList) -> set[int]:
    """Topics of the last list that the present one has already, or nearly."""
    present = {f"t{topic.pk}": topic.as_draft() for topic in topic_list.topics.all()}
    found: set[int] = set()
    for topic in previous.topics.all():
        if look_alikes(present, {"new": topic.as_draft()}, fold=fold):
            found.add(topic.pk)
    return found


def fate(topic: Topic, previous: TopicList) -> str:
    """What became of a topic of the last list, in words."""
    left_out = previous.left_out.get(topic.pk)
    if left_out:
        return _("Left out: %(reason)s") % {"reason": left_out.get_reason_display()}
    if previous.state == "accepted":
        return _("Accepted for the calendar")
    return _("The list was not accepted")
