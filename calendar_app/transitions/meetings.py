"""Acts on the meetings of a working copy (procedure, sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from base.errors import Refused
from calendar_app.labels.calendars import ItemKind
from calendar_app.models import (
    Attendance,
    CalendarVersion,
    LeftOutItem,
    Meeting,
    PlannedMeeting,
    PlannedTopic,
)
from calendar_app.queries import brought
from calendar_app.transitions import calendar_steps as steps
from procedure.meeting_plans import MeetingDraft, problems_of_draft
from procedure.moments import day_of
from procedure.problems import Problem
from regions.models import Body, Hall, Post, TermOfOffice, Territory

PLAIN = (
    "kind", "starts", "ends", "mode", "languages", "online_url", "subject_kk", "subject_ru", "venue_kk",
    "venue_ru", "note_kk", "note_ru", "contact_person", "contact_phone", "trip",
)  # fmt: skip
BATCH = 500
POST_KINDS = {"head": Post.Kind.HEAD, "deputy": Post.Kind.DEPUTY}


@transaction.atomic
def plan(
    *, version: CalendarVersion, drafts: Sequence[MeetingDraft], by: User, now: datetime, revision: int
) -> list[PlannedMeeting]:
    """Add meetings to the working copy, in one act. Raises NotPermitted, Stale, and Refused with what is wrong."""
    locked, actor = steps.lock(version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    known = Known(locked, drafts)
    made = planned_anew(locked, drafts, known)
    steps.remember_hand(locked, by)
    steps.save(locked)
    steps.record("plan", locked, actor, now, {"meetings": [0, len(made)]})
    return made


@transaction.atomic
def change(
    *, planned: PlannedMeeting, draft: MeetingDraft, by: User, now: datetime, revision: int
) -> PlannedMeeting:
    """Write the meeting anew: what ministries said about it before no longer counts if its content changed."""
    locked, actor = steps.lock(planned.version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    known = Known(locked, [draft])
    known.check(draft, planned.pk)
    one = _whole(planned.pk)
    before = one.content()
    fill(one, draft)
    one.save()
    one.attendance.all().delete()
    one.topics.all().delete()
    _attach([(one, draft)], known)
    after = _whole(one.pk).content()
    changed = sorted(name for name in after if after[name] != before[name])
    if changed:
        one.edition += 1
        one.save(update_fields=["edition"])
    steps.remember_hand(locked, by)
    steps.save(locked)
    steps.record("change_meeting", locked, actor, now, {"meeting": one.number or one.pk, "fields": changed})
    return one


@transaction.atomic
def remove(
    *, planned: PlannedMeeting, by: User, now: datetime, revision: int, reason: str = ""
) -> PlannedMeeting | None:
    """Take the meeting out. One that has a number was public or before the commission: it is cancelled instead.

    Raises Refused for a cancellation without a reason.
    """
    locked, actor = steps.lock(planned.version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    one = _whole(planned.pk)
    label = one.number or one.pk
    if one.number:
        if not reason.strip():
            raise Refused([Problem("cancel_reason_required", field="reason")])
        one.cancelled, one.cancel_reason = True, reason.strip()
        one.edition += 1
        # What the akimat proposed may be taken up by another meeting, or be left out.
        one.proposal_key = None
        one.save(update_fields=["cancelled", "cancel_reason", "edition", "proposal_key"])
    else:
        meeting = one.meeting
        one.delete()
        if not meeting.plans.exists():
            meeting.delete()
    steps.remember_hand(locked, by)
    steps.save(locked)
    steps.record("remove_meeting", locked, actor, now, {"meeting": label})
    return one if one.pk else None


@transaction.atomic
def leave_out(
    *,
    version: CalendarVersion,
    topic: int | None = None,
    proposal: int | None = None,
    reason: str,
    by: User,
    now: datetime,
    revision: int,
    words: str = "",
) -> LeftOutItem:
    """Record why a topic or a proposed meeting of an accepted list is not taken up; a second time changes it.

    Raises NotPermitted, Stale, and Refused for what is in no list, is in a meeting, or lacks its explanation.
    """
    locked, actor = steps.lock(version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    kind = ItemKind.TOPIC if proposal is None else ItemKind.PROPOSED_MEETING
    key = topic if proposal is None else proposal
    every = brought.fates(locked, brought.of_half_year(locked.half_year))
    found = next((one for one in every if (one.item.kind, one.item.key) == (kind, key)), None)
    if found is None:
        raise Refused([Problem("topic_not_in_list" if proposal is None else "proposal_not_in_list")])
    if found.planned is not None:
        raise Refused([Problem("taken_up_already")])
    if reason == "other" and not words.strip():
        raise Refused([Problem("reason_words_required", field="words")])
    names = ("akimat", "title_kk", "title_ru")
    item, _ = LeftOutItem.objects.update_or_create(
        version=locked,
        kind=kind,
        key=found.item.key,
        defaults={"reason": reason, "words": words.strip()}
        | {one: getattr(found.item, one) for one in names},
    )
    steps.remember_hand(locked, by)
    steps.save(locked)
    changes = {kind.value: key, "reason": reason}
    steps.record("leave_out", locked, actor, now, changes, found.item.akimat.code)
    return item


def resolve_people(version: CalendarVersion) -> None:
    """Look up who holds each post on the day of the meeting: that is what the database compares."""
    rows = list(Attendance.objects.filter(version=version))
    held = TermOfOffice.objects.filter(post__in={row.post_id for row in rows})
    terms: dict[str, list[TermOfOffice]] = {}
    for term in held:
        terms.setdefault(term.post_id, []).append(term)
    changed = []
    for row in rows:
        person = _holder(terms.get(row.post_id, ()), day_of(row.starts))
        if row.person_id != person:
            row.person_id = person
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["person"], batch_size=BATCH)


def _holder(terms: Sequence[TermOfOffice], day: object) -> int | None:
    found = (one for one in terms if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to))  # type: ignore[operator]
    return next((one.person_id for one in found), None)


class Known:
    """What drafts name, read once for all of them; `check` refuses what is not there."""

    def __init__(self, version: CalendarVersion, drafts: Sequence[MeetingDraft]) -> None:
        places = {draft.place for draft in drafts}
        halls = {draft.hall for draft in drafts if draft.hall}
        bodies = {code for draft in drafts for code in draft.bodies}
        self.places = Territory.objects.selectable().in_bulk(places)
        self.halls = Hall.objects.select_related("territory").in_bulk(halls)
        self.posts: dict[tuple[str, str], Post] = {}
        for post in Post.objects.filter(body__in=bodies, valid_to=None).order_by("-code"):
            self.posts[(post.body_id, post.kind)] = post
        self.ministries = set(Body.objects.ministries().filter(pk__in=bodies).values_list("pk", flat=True))
        wanted = any(draft.topics or draft.proposal for draft in drafts)
        self.brought = brought.of_half_year(version.half_year) if wanted else brought.Brought()
        self.topics = self.brought.topics_by_key
        taken = version.planned.exclude(proposal_key=None).values_list("proposal_key", "pk")
        self.taken: dict[int, int] = dict(taken) if wanted else {}  # type: ignore[arg-type]

    def check(self, draft: MeetingDraft, planned: int | None = None) -> None:
        """Raise Refused with everything that is wrong with the draft; `planned` is the meeting it changes."""
        problems = self.problems_of(draft, planned)
        if problems:
            raise Refused(problems)

    def problems_of(self, draft: MeetingDraft, planned: int | None = None) -> list[Problem]:
        """Everything that is wrong with the draft."""
        problems = problems_of_draft(draft)
        if draft.place not in self.places:
            problems.append(Problem("place_unknown", field="place"))
        hall = self.halls.get(draft.hall) if draft.hall else None
        if draft.hall and (hall is None or hall.territory_id != draft.place):
            problems.append(Problem("hall_of_another_place", field="hall"))
        if set(draft.bodies) - self.ministries:
            problems.append(Problem("not_a_ministry", field="bodies"))
        elif any((code, POST_KINDS[draft.kind]) not in self.posts for code in draft.bodies):
            problems.append(Problem("no_such_post", field="bodies"))
        if set(draft.topics) - self.topics.keys():
            problems.append(Problem("topic_not_in_list", field="topics"))
        if draft.proposal is not None:
            problems += self._problems_of_proposal(draft.proposal, planned)
        return problems

    def _problems_of_proposal(self, proposal: int, planned: int | None) -> list[Problem]:
        if self.taken.get(proposal, planned) != planned:
            return [Problem("proposal_taken", field="proposal")]
        if proposal not in self.brought.meetings_by_key and proposal not in self.taken:
            return [Problem("proposal_not_in_list", field="proposal")]
        return []


def planned_anew(
    version: CalendarVersion, drafts: Sequence[MeetingDraft], known: Known
) -> list[PlannedMeeting]:
    """The meetings that the drafts describe, in their order; as many statements for one as for hundreds."""
    for draft in drafts:
        known.check(draft)
    identities = Meeting.objects.bulk_create(Meeting(calendar=version.calendar) for _draft in drafts)
    made = [PlannedMeeting(version=version, meeting=meeting) for meeting in identities]
    for one, draft in zip(made, drafts, strict=True):
        fill(one, draft)
    PlannedMeeting.objects.bulk_create(made, batch_size=BATCH)
    _attach(list(zip(made, drafts, strict=True)), known)
    return made


def fill(one: PlannedMeeting, draft: MeetingDraft) -> None:
    """Write the draft into the row, unsaved; who comes and what it answers are rows of their own."""
    for name in PLAIN:
        setattr(one, name, getattr(draft, name))
    one.place_id, one.hall_id, one.proposal_key = draft.place, draft.hall, draft.proposal


def _attach(written: Sequence[tuple[PlannedMeeting, MeetingDraft]], known: Known) -> None:
    """Who comes and what is talked about, for meetings without either; what they take up was not left out."""
    Attendance.objects.bulk_create(
        [row for one, draft in written for row in attendance_of(one, draft, known)], batch_size=BATCH
    )
    PlannedTopic.objects.bulk_create(
        [row for one, draft in written for row in _topics(one, draft, known)], batch_size=BATCH
    )
    topics = {key for _one, draft in written for key in draft.topics}
    proposals = {draft.proposal for _one, draft in written if draft.proposal}
    taken_up = Q(kind=ItemKind.TOPIC, key__in=topics) | Q(kind=ItemKind.PROPOSED_MEETING, key__in=proposals)
    if written and (topics or proposals):
        LeftOutItem.objects.filter(taken_up, version=written[0][0].version_id).delete()


def attendance_of(one: PlannedMeeting, draft: MeetingDraft, known: Known) -> Iterator[Attendance]:
    """Who comes by the draft, unsaved."""
    for position, code in enumerate(draft.bodies, start=1):
        yield Attendance(
            planned=one,
            position=position,
            body_id=code,
            post=known.posts[(code, POST_KINDS[draft.kind])],
            version_id=one.version_id,
            starts=one.starts,
            ends=one.ends,
        )


def _topics(one: PlannedMeeting, draft: MeetingDraft, known: Known) -> Iterator[PlannedTopic]:
    for key in draft.topics:
        topic = known.topics[key]
        yield PlannedTopic(
            planned=one,
            topic_key=topic.key,
            akimat=topic.akimat,
            title_kk=topic.title_kk,
            title_ru=topic.title_ru,
        )


def _whole(pk: int) -> PlannedMeeting:
    return PlannedMeeting.objects.select_related("meeting").with_posts().with_topics().get(pk=pk)
