"""Proposed meetings of a list: saved one by one, frozen by a submission, kept in their region by the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants, snapshots
from calendar_app.models import ProposedMeeting, ProposedWindow, Submission, TopicList
from calendar_app.transitions import proposed_meetings as acts
from calendar_app.transitions import reviews, topic_lists
from procedure.proposed_meetings import MeetingDraft
from procedure.topic_lists import ListDraft
from regions.models import Body, Hall
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import SATURDAY, SATURDAYS, WATER, make_hall

pytestmark = pytest.mark.django_db


def fresh(topic_list: TopicList) -> TopicList:
    return TopicList.objects.select_related("akimat", "rule_set").get(pk=topic_list.pk)


def refusal(topic_list: TopicList, draft: MeetingDraft, by: User, version: int = 0) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused, transaction.atomic():
        acts.save(topic_list=topic_list, draft=draft, by=by, now=IN_TIME, version=version)
    return [(one.code, one.field) for one in refused.value.problems]


def test_a_meeting_is_kept_as_it_was_proposed(
    draft: TopicList, proposal: MeetingDraft, saved: ProposedMeeting
) -> None:
    (one,) = fresh(draft).proposed

    assert one.as_draft() == replace(proposal, key=saved.pk)
    entry = Entry.objects.get(act="topic_list.save_meeting")
    assert entry.changes["meetings"] == [0, 1]
    assert fresh(draft).version == draft.version + 1
    assert invariants.broken() == {}


def test_a_change_keeps_the_key_and_counts_versions(
    draft: TopicList, proposal: MeetingDraft, saved: ProposedMeeting, officer: User
) -> None:
    changed = replace(proposal, key=saved.pk, windows=(SATURDAYS,), ministries=(WATER, "ministry.health"))

    acts.save(topic_list=draft, draft=changed, by=officer, now=IN_TIME, version=1)

    (one,) = fresh(draft).proposed
    assert one.as_draft() == replace(changed, ministries=("ministry.health", WATER))
    assert one.version == 2
    assert Entry.objects.latest("number").changes["meeting_fields"] == ["ministries", "windows"]


def test_a_save_that_changes_nothing_leaves_no_trace(
    draft: TopicList, proposal: MeetingDraft, saved: ProposedMeeting, officer: User
) -> None:
    before = Entry.objects.count(), fresh(draft).version

    acts.save(topic_list=draft, draft=replace(proposal, key=saved.pk), by=officer, now=IN_TIME, version=1)

    assert (Entry.objects.count(), fresh(draft).version) == before


def test_two_officers_collide_on_the_same_meeting_only(
    draft: TopicList, proposal: MeetingDraft, saved: ProposedMeeting, officer: User
) -> None:
    other = acts.save(topic_list=draft, draft=proposal, by=officer, now=IN_TIME)
    mine = replace(proposal, key=saved.pk, attendance=10)
    acts.save(topic_list=draft, draft=mine, by=officer, now=IN_TIME, version=1)

    theirs = replace(proposal, key=other.pk, attendance=20)
    acts.save(topic_list=draft, draft=theirs, by=officer, now=IN_TIME, version=1)
    with pytest.raises(Stale), transaction.atomic():
        acts.save(topic_list=draft, draft=replace(mine, attendance=30), by=officer, now=IN_TIME, version=1)
    with pytest.raises(Stale), transaction.atomic():
        acts.remove(topic_list=draft, meeting=saved.pk, by=officer, now=IN_TIME, version=1)

    assert [one.attendance for one in fresh(draft).proposed] == [10, 20]


def test_meetings_are_moved_and_removed(
    draft: TopicList, proposal: MeetingDraft, saved: ProposedMeeting, officer: User
) -> None:
    second = acts.save(topic_list=draft, draft=proposal, by=officer, now=IN_TIME)

    acts.move(topic_list=draft, meeting=second.pk, to=acts.UP, by=officer, now=IN_TIME)
    assert [one.pk for one in fresh(draft).proposed] == [second.pk, saved.pk]
    acts.move(topic_list=draft, meeting=second.pk, to=acts.UP, by=officer, now=IN_TIME)
    acts.remove(topic_list=draft, meeting=saved.pk, by=officer, now=IN_TIME, version=1)

    assert [one.pk for one in fresh(draft).proposed] == [second.pk]
    assert ProposedWindow.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"place": "552210000", "hall": None}, ("place_of_another_region", "place")),
        ({"place": "999999999", "hall": None}, ("unknown_place", "place")),
        ({"place": "190000000", "hall": None}, ("nobody_lives_there", "place")),
        ({"hall": 10**12}, ("hall_not_own", "hall")),
        ({"ministries": ("akimat.33",)}, ("not_a_ministry_now", "ministries")),
        ({"ministries": ("ministry.none",)}, ("not_a_ministry_now", "ministries")),
        ({"topics": (10**12,)}, ("topic_not_in_list", "topics")),
        ({"windows": (replace(SATURDAY, ends=time(10)),)}, ("ends_before_start", "windows.0.ends")),
        ({"windows": (SATURDAY,) * 2_000}, ("too_many_windows", "windows")),
    ],
)
def test_nothing_foreign_and_nothing_impossible_is_saved(
    draft: TopicList,
    proposal: MeetingDraft,
    officer: User,
    change: dict[str, object],
    expected: tuple[str, str],
) -> None:
    assert expected in refusal(draft, replace(proposal, **change), officer)  # type: ignore[arg-type]
    assert not ProposedMeeting.objects.exists()


def test_a_hall_of_another_akimat_and_a_closed_one_are_refused(
    draft: TopicList, proposal: MeetingDraft, officer: User, akimat: Body
) -> None:
    theirs = make_hall(Body.objects.get(code="akimat.33"))
    closed = make_hall(akimat, valid_to=date(2026, 11, 1))

    assert refusal(draft, replace(proposal, hall=theirs.pk), officer) == [("hall_not_own", "hall")]
    assert refusal(draft, replace(proposal, hall=closed.pk), officer) == [("hall_closed", "hall")]


def test_a_ministry_that_has_ended_is_refused(
    draft: TopicList, proposal: MeetingDraft, officer: User
) -> None:
    Body.objects.filter(pk=WATER).update(valid_to=date(2026, 11, 22))

    assert refusal(draft, proposal, officer) == [("not_a_ministry_now", "ministries")]


def test_saying_why_no_meetings_are_proposed(draft: TopicList, proposal: MeetingDraft, officer: User) -> None:
    words = {"no_meetings_reason_kk": "Зал жөнделуде", "no_meetings_reason_ru": ""}
    acts.propose_none(topic_list=draft, words=words, by=officer, now=IN_TIME, version=draft.version)

    assert fresh(draft).as_draft().no_meetings_reason_kk == "Зал жөнделуде"
    assert refusal(draft, proposal, officer) == [("reason_beside_meetings", "")]
    none = dict.fromkeys(words, "")
    acts.propose_none(topic_list=draft, words=none, by=officer, now=IN_TIME, version=draft.version + 1)
    acts.save(topic_list=draft, draft=proposal, by=officer, now=IN_TIME)
    with pytest.raises(Refused), transaction.atomic():
        acts.propose_none(topic_list=draft, words=words, by=officer, now=IN_TIME, version=draft.version + 3)


def test_saving_topics_leaves_meetings_alone(draft: TopicList, saved: ProposedMeeting, officer: User) -> None:
    topics = [topic.as_draft() for topic in draft.topics.all()][:1]

    topic_lists.save_draft(
        topic_list=draft, draft=ListDraft(topics), by=officer, now=IN_TIME, version=fresh(draft).version
    )

    (one,) = fresh(draft).proposed
    assert one.topic_keys == [topics[0].key]
    assert one.as_draft().windows == (SATURDAY, SATURDAYS)


def test_only_officers_of_the_akimat_write(
    draft: TopicList,
    proposal: MeetingDraft,
    saved: ProposedMeeting,
    neighbour: User,
    person: Callable[..., User],
) -> None:
    words = {"no_meetings_reason_kk": "а", "no_meetings_reason_ru": ""}
    for stranger in (neighbour, person("authority", Role.AUTHORITY_OFFICER)):
        who = {"topic_list": draft, "by": stranger, "now": IN_TIME}
        for act, more in (
            (acts.save, {"draft": proposal}),
            (acts.remove, {"meeting": saved.pk, "version": 1}),
            (acts.move, {"meeting": saved.pk, "to": acts.UP}),
            (acts.propose_none, {"words": words, "version": fresh(draft).version}),
        ):
            with pytest.raises(NotPermitted), transaction.atomic():
                act(**who, **more)  # type: ignore[operator]


def test_what_was_submitted_is_frozen_and_readable(
    draft: TopicList, proposal: MeetingDraft, saved: ProposedMeeting, officer: User, hall: Hall
) -> None:
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=fresh(draft).version)

    submission = Submission.objects.get()
    (content,) = json.loads(submission.snapshot)["meetings"]
    assert content["hall"]["name"]["ru"] == hall.name_ru
    assert content["windows"][0] == {"kind": "exact", "day": "2027-03-06", "starts": "11:00", "ends": "13:00"}
    assert snapshots.draft_of(submission) == fresh(draft).as_draft()
    assert invariants.broken() == {}
    assert refusal(draft, replace(proposal, key=saved.pk), officer, 1) == [("topic_list_not_editable", "")]
    for change in (
        lambda: ProposedMeeting.objects.update(attendance=1),
        lambda: ProposedWindow.objects.all().delete(),
        saved.topics.clear,
        lambda: saved.ministries.add("ministry.health"),
    ):
        with pytest.raises(DatabaseError, match="submitted list"), transaction.atomic():
            change()


def test_a_snapshot_of_the_first_format_is_still_read(draft: TopicList, officer: User) -> None:
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    submission = Submission.objects.get()
    content = json.loads(submission.snapshot)
    old = {name: value for name, value in content.items() if name not in ("meetings", "no_meetings_reason")}
    submission.snapshot = json.dumps(old | {"format": "topic-list/1"})

    assert snapshots.draft_of(submission) == fresh(draft).as_draft()


def test_a_list_with_an_unfinished_meeting_is_not_submitted(
    draft: TopicList, officer: User, authority: User
) -> None:
    bare = acts.save(topic_list=draft, draft=MeetingDraft(), by=officer, now=IN_TIME)

    with pytest.raises(Refused) as refused, transaction.atomic():
        topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=fresh(draft).version)

    assert [one.field for one in refused.value.problems] == [
        "meetings.0.ministries",
        "meetings.0.place",
        "meetings.0.windows",
    ]
    whole = MeetingDraft((WATER,), mode="online", windows=(SATURDAY,), key=bare.pk)
    acts.save(topic_list=draft, draft=whole, by=officer, now=IN_TIME, version=1)
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=fresh(draft).version)
    lies = fresh(draft)
    reviews.accept(topic_list=lies, by=authority, now=IN_TIME, version=lies.version)
    assert fresh(draft).state == "accepted"
