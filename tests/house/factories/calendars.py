"""Calendars of the coming half-year in the state that a page needs, and what hangs on them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from accounts.demo import make_user
from accounts.models import Membership, User
from accounts.permissions import Role
from base import clock, sealed_links
from calendar_app import terms
from calendar_app.models import CalendarVersion, CoordinationAnswer, PlannedMeeting, Session
from calendar_app.transitions import calendars, commission, coordination, meetings, reading_links
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory
from tests.calendar_app.brought_lists import bring
from tests.house.access.cells import Objects, Target
from tests.house.access.people import OWN, People
from tests.house.factories import topic_lists

MINISTRY, OTHER_MINISTRY = "ministry.health", "ministry.agriculture"
CANARY = "Canary-of-a-calendar"


@dataclass
class Play:
    """A calendar as far as it was played, with those who play."""

    people: People
    version: CalendarVersion
    hall: Hall
    answers: dict[str, User]

    @property
    def fresh(self) -> CalendarVersion:
        return CalendarVersion.objects.select_related("calendar__rule_set").get(pk=self.version.pk)

    @property
    def planned(self) -> PlannedMeeting:
        return self.version.planned.select_related("meeting").order_by("pk")[0]


def working(people: People) -> Play:
    """A working copy with a meeting of each of two ministries."""
    now, authority = clock.now(), people.makers["authority"]
    version = calendars.open_(half_year=_half_year(), by=authority, now=now)
    akimat = Body.objects.get(code=OWN)
    place = Territory.objects.filter(region=akimat.region, selectable=True).order_by("code")[0]
    hall = Hall.objects.create(
        owner=akimat,
        territory=place,
        name_kk="Зал",
        name_ru="Зал",
        address_kk="А",
        address_ru="А",
        capacity=9,
    )
    answers = {}
    for code in (MINISTRY, OTHER_MINISTRY):
        body = Body.objects.get(code=code)
        answers[code] = make_user(f"maker.{code}", body, [Role.MINISTRY_SIGNATORY], "demo")
        person = Person.objects.create(name_kk=f"Demo {code}", name_ru=f"Demo {code}")
        post = Post.objects.get(body=body, kind=Post.Kind.HEAD)
        TermOfOffice.objects.create(person=person, post=post, valid_from=date(2020, 1, 1))
    play = Play(people, version, hall, answers)
    drafts = [draft(play, place=place.pk, bodies=(code,), days=days) for days, code in enumerate(answers)]
    meetings.plan(version=version, drafts=drafts, by=authority, now=now, revision=play.fresh.revision)
    return play


def draft(play: Play, *, place: str, bodies: tuple[str, ...], days: int) -> MeetingDraft:
    starts = datetime.combine(_half_year().last_day - timedelta(days=40 - days), time(18), tzinfo=ALMATY)
    return MeetingDraft(
        place,
        starts,
        starts + timedelta(hours=2),
        bodies,
        hall=play.hall.pk,
        subject_kk=CANARY,
        subject_ru=CANARY,
    )


def asked(people: People) -> Play:
    play = working(people)
    by = people.makers["authority"]
    coordination.ask(version=play.version, by=by, now=clock.now(), revision=play.fresh.revision)
    return play


def refused(people: People) -> Play:
    play = asked(people)
    rows = list(CoordinationAnswer.objects.filter(body=MINISTRY))
    by = play.answers[MINISTRY]
    coordination.answer(answers=rows, agree=False, by=by, now=clock.now(), words="Жоқ")
    return play


def coordinated(people: People) -> Play:
    play = asked(people)
    for code, by in play.answers.items():
        rows = list(CoordinationAnswer.objects.filter(body=code))
        coordination.answer(answers=rows, agree=True, by=by, now=clock.now())
    return play


def submitted(people: People) -> Play:
    play = coordinated(people)
    calendars.submit(version=play.version, by=_signatory(), now=clock.now(), revision=play.fresh.revision)
    return play


def session(people: People, *steps: str) -> Session:
    """A session on a submitted calendar, as far as the steps lead."""
    play = submitted(people)
    now, by = clock.now(), _person("maker.secretary", "commission", Role.SECRETARY)
    made = commission.plan(
        version=play.version, kind="session", held_at=now + timedelta(days=14), by=by, now=now
    )
    for step in steps:
        made = getattr(commission, step)(session=made, by=by, now=now, revision=made.revision)
    return made


def approved(people: People) -> Play:
    made = session(people, "send_materials", "open_")
    # Whose account is switched off is no member any more.
    Membership.objects.filter(user__is_active=False).update(valid_to=clock.today() - timedelta(days=1))
    now, by = clock.now(), User.objects.get(username="maker.secretary")
    for one in commission.members_on(clock.today()):
        commission.vote(session=made, value="for", by=one.user, now=now)
    commission.close(
        session=made,
        by=by,
        now=now,
        revision=made.revision,
        present=[],
        protocol_number="1",
        protocol_day=clock.today(),
    )
    return Play(people, made.version, Hall.objects.latest("pk"), {})


def published(people: People) -> Play:
    play = approved(people)
    calendars.publish(version=play.version, by=_signatory(), now=clock.now(), revision=play.fresh.revision)
    return play


# --- As objects of the matrix ---------------------------------------------------------------------
def no_calendar(people: People) -> Objects:
    return Objects(Target(path={"half_year": _half_year().code}))


def calendar(people: People) -> Objects:
    """The half-year of a calendar that lies with the commission."""
    return Objects(Target(path={"half_year": submitted(people).version.half_year}))


def of_version(make: Callable[[People], Play], people: People, **form: str) -> Objects:
    return Objects(target_of(make(people), form))


def of_meeting(people: People, *, whole: bool = False) -> Objects:
    """A planned meeting and the form that changes it."""
    play = working(people)
    target = target_of(play, _meeting_form(play) if whole else {})
    target.path["pk"] = play.planned.pk
    return Objects(target)


def new_meeting(people: People) -> Objects:
    play = working(people)
    return Objects(target_of(play, _meeting_form(play)))


def of_topic(people: People) -> Objects:
    """A topic of an accepted list that the working copy does not take up."""
    topic = topic_lists.make("accepted", people, OWN).topics.all()[0]
    target = target_of(working(people), {"reason": "later"})
    target.path.update({"kind": "topic", "key": topic.pk})
    return Objects(target)


def of_proposal(people: People) -> Objects:
    """A proposed meeting of an accepted list, and the form that plans it at its first exact time."""
    akimat = Body.objects.get(code=OWN)
    now, by = clock.now(), people.makers[OWN]
    brought = bring(
        akimat=akimat, half_year=_half_year(), by=by, authority=people.makers["authority"], now=now
    )
    target = target_of(working(people), {"when": "0"})
    target.path["key"] = brought.meetings.all()[0].pk
    return Objects(target)


def of_warning(people: People) -> Objects:
    """A region without a meeting: the warning that every small calendar has."""
    target = target_of(working(people), {"reason": "Кейін"})
    region = Body.objects.get(code="akimat.71").region_id
    target.path["name"] = f"region_without_meeting:{region}"
    return Objects(target)


def of_refusal(people: People) -> Objects:
    target = target_of(refused(people), {"position": "Қажет"})
    target.path["answer"] = CoordinationAnswer.objects.get(body=MINISTRY).pk
    return Objects(target)


def of_answers(people: People) -> Objects:
    """What two ministries are asked."""
    asked(people)
    return Objects(*(_answer_of(code) for code in (MINISTRY, OTHER_MINISTRY)))


def to_move(people: People) -> Objects:
    """All meetings of a working copy, a day later."""
    play = working(people)
    keys = [str(one.pk) for one in play.version.planned.all()]
    return Objects(target_of(play, {"pk": keys, "number": "1", "unit": "1"}))  # type: ignore[dict-item]


def to_agree(people: People) -> Objects:
    """Everything that two ministries are asked."""
    version = asked(people).version
    form = {"idempotency_key": str(uuid.uuid4()), "version": "0"}
    rows = CoordinationAnswer.objects.filter(planned__version=version)
    shown = {
        code: [str(one.pk) for one in rows if one.body_id == code] for code in (MINISTRY, OTHER_MINISTRY)
    }
    return Objects(
        *(
            Target(
                path={"version": version.pk, "body": code},
                form=form | {"shown": shown[code]},
                others={"body": code},
            )
            for code in (MINISTRY, OTHER_MINISTRY)
        )
    )


def of_sheet(people: People) -> Objects:
    target = target_of(refused(people), {})
    target.path["name"] = "sheet.kk.docx"
    return Objects(target)


def by_letter(people: People, form: dict[str, str]) -> Objects:
    """What a ministry is asked; the form lacks its file, which no test client sends twice."""
    target = target_of(asked(people), form)
    target.path["body"] = MINISTRY
    return Objects(target)


def _answer_of(code: str) -> Target:
    pk = CoordinationAnswer.objects.get(body=code).pk
    form = {"idempotency_key": str(uuid.uuid4()), "version": "0", "decision": "agree"}
    kept = partial(_kept, pk)
    return Target(path={"pk": pk}, form=form, others={"answer": pk, "id": pk, "body": code}, kept=kept)


def _kept(pk: int) -> object:
    return list(CoordinationAnswer.objects.filter(pk=pk).values())


def to_plan(people: People) -> Objects:
    version = submitted(people).version
    held = (clock.now() + timedelta(days=14)).astimezone(ALMATY)
    form = {"kind": "session", "held_at": f"{held:%Y-%m-%dT%H:%M}"}
    return Objects(Target(path={"version": version.pk}, form=_with_key(form, 0)))


def of_session(people: People, *steps: str, **form: str) -> Objects:
    made = session(people, *steps)
    return Objects(Target(path={"pk": made.pk}, form=_with_key(form, made.revision)))


def to_close(people: People) -> Objects:
    """A session in which everybody voted: it can be closed."""
    made = session(people, "send_materials", "open_")
    Membership.objects.filter(user__is_active=False).update(valid_to=clock.today() - timedelta(days=1))
    for one in commission.members_on(clock.today()):
        commission.vote(session=made, value="for", by=one.user, now=clock.now())
    form = {"protocol_number": "1", "protocol_day": clock.today().isoformat()}
    return Objects(Target(path={"pk": made.pk}, form=_with_key(form, made.revision)))


def of_member(people: People, **form: str) -> Objects:
    """An open session and a form about one of the members."""
    made = session(people, "send_materials", "open_")
    member = str(commission.members_on(clock.today())[0].user_id)
    return Objects(Target(path={"pk": made.pk}, form=_with_key(form | {"member": member}, made.revision)))


def for_act(people: People) -> Objects:
    """A session that approved a calendar, before the act that puts it into force."""
    one = Session.objects.get(version=approved(people).version)
    return Objects(Target(path={"pk": one.pk}, form=_with_key({"act": "Қаулы № 1"}, one.revision)))


def session_paper(people: People) -> Objects:
    return Objects(Target(path={"pk": session(people).pk, "paper": "packet.kk.pdf"}))


def reading_link(people: People, **path: str) -> Objects:
    """The token of a member's link that nobody has opened; the member is nobody of those who ask."""
    made = session(people, "send_materials")
    member = _person("maker.reader", "commission", Role.COMMISSION_MEMBER)
    _member, seal = reading_links.make(made, [member], clock.now())[0]
    return Objects(Target(path={"token": sealed_links.token_of(seal), **path}))


def public_meeting(people: People) -> Objects:
    published(people)
    number = PlannedMeeting.published.at(clock.now()).order_by("meeting__number")[0].number
    return Objects(Target(path={"number": number}))


def target_of(play: Play, form: dict[str, str]) -> Target:
    version = play.fresh
    path = {"half_year": version.half_year, "number": version.number}
    return Target(path=path, form=_with_key(form, version.revision))


def _with_key(form: dict[str, str], version: int) -> dict[str, str]:
    return {"idempotency_key": str(uuid.uuid4()), "version": str(version), **form}


def _meeting_form(play: Play) -> dict[str, str]:
    return {
        "bodies": MINISTRY,
        "kind": "head",
        "day": (_half_year().last_day - timedelta(days=20)).isoformat(),
        "time_from": "18:00",
        "time_to": "20:00",
        "hall": str(play.hall.pk),
        "mode": "in_person",
        "languages": "kk_ru",
        "subject_kk": "Жаңа",
        "subject_ru": "Новое",
    }


def _half_year() -> terms.HalfYear:
    return terms.half_years_open_for_lists(clock.today())[-1]


def _signatory() -> User:
    return _person("maker.signatory", "authority", Role.AUTHORITY_SIGNATORY)


def _person(name: str, body: str, role: Role) -> User:
    return make_user(name, Body.objects.get(code=body), [role], "demo")


MAKERS: dict[str, Callable[[People], Objects]] = {
    "no_calendar": no_calendar,
    "calendar": calendar,
    "working_calendar": partial(of_version, working),
    "coordinated_calendar": partial(of_version, coordinated),
    "submitted_calendar": partial(of_version, submitted),
    "approved_calendar": partial(of_version, approved),
    "new_planned_meeting": new_meeting,
    "planned_meeting": partial(of_meeting, whole=True),
    "meeting_to_remove": of_meeting,
    "topic_not_taken": of_topic,
    "proposal": of_proposal,
    "warning": of_warning,
    "meetings_to_move": to_move,
    "refusal": of_refusal,
    "coordination_answers": of_answers,
    "coordination_to_agree": to_agree,
    "coordination_sheet": of_sheet,
    "answer_by_letter": partial(by_letter, form={"decision": "agree"}),
    "submitted_for_session": to_plan,
    "planned_session": of_session,
    "session_with_materials": lambda people: of_session(people, "send_materials"),
    "open_session": lambda people: of_session(people, "send_materials", "open_", value="for"),
    "voted_session": to_close,
    "session_for_link": of_member,
    "session_for_sheet": partial(of_member, value="for"),
    "session_to_cancel": lambda people: of_session(people, reasons="Кворум жоқ"),
    "session_for_act": for_act,
    "session_paper": session_paper,
    "reading_link": reading_link,
    "reading_packet": partial(reading_link, language="kk"),
    "public_meeting": public_meeting,
}
