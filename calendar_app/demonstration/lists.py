"""Topic lists of the 20 akimats: one half-year behind, accepted; the next one in every state."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from accounts.models import User
from calendar_app import terms
from calendar_app.demonstration import proposals
from calendar_app.demonstration.letters import letter_of
from calendar_app.demonstration.moments import Moment
from calendar_app.models import RuleSet, TopicList
from calendar_app.transitions import entries, reviews, topic_lists
from procedure.half_years import HalfYear
from procedure.moments import day_of, start_of_day
from procedure.topic_lists import ListDraft, TopicDraft
from regions import workdays
from regions.models import Body

# What each akimat has done for the half-year in preparation; who is not named has not started.
DRAFT = ("start", "save")
SUBMITTED = (*DRAFT, "submit")
RETURNED = (*SUBMITTED, "return")
RESUBMITTED = (*RETURNED, "answer", "submit")
ACCEPTED = (*SUBMITTED, "accept")
# The authorised body enters what came as a signed letter.
BY_LETTER = ("enter", "save", "submit")
OBJECTED = (*BY_LETTER, "object")
STORIES: dict[str, tuple[str, ...]] = {
    "10": DRAFT,
    "11": SUBMITTED,
    "15": ACCEPTED,
    "27": DRAFT,
    "31": ACCEPTED,
    "33": DRAFT,
    "35": SUBMITTED,
    "39": RETURNED,
    "43": ACCEPTED,
    "47": DRAFT,
    "55": RETURNED,
    "59": RESUBMITTED,
    "61": (*RESUBMITTED, "accept"),
    "63": BY_LETTER,
    "71": ACCEPTED,
    "75": OBJECTED,
    "79": ACCEPTED,
}
# For the half-year that runs all lists were accepted; this akimat's came two days late.
LATE = "47"
# The draft of this akimat lacks a Russian text.
SHORT_OF_RUSSIAN = "33"
SPAN = timedelta(days=20)
# A comment on the second topic of a list that is returned.
COMMENT = (
    "Мәтін толық емес: қай елді мекендер туралы екенін жазыңыз. / "
    "Текст неполный: укажите, о каких населённых пунктах идёт речь."
)
OBJECTION = (
    "Көрнекі мысал: хаттағы бір мәселе енгізілмеген. / Пример для показа: один вопрос из письма не внесён."
)
ANSWER = "Елді мекендер қосылды. / Населённые пункты добавлены."
EXPLANATION_KK = "Көрнекі мысал: хат кеш келді."
EXPLANATION_RU = "Пример для показа: письмо пришло поздно."
TEXT_KK = "Көрнекі мысал: бұл жерге әкімдік ахуалды талдауды жазады."
ANALYSIS_KK = "Көрнекі мысал: облыстағы ахуалға қысқаша талдау."
ANALYSIS_RU = "Пример для показа: краткий анализ ситуации в регионе."
PLACES_KK = "Бұл үш ауылдық округке қатысты."
PLACES_RU = "Речь идёт о трёх сельских округах."
TEXT_RU = "Пример для показа: здесь акимат излагает анализ ситуации."


@dataclass(frozen=True)
class Event:
    """One act of a story: when, whose list, which act."""

    at: datetime
    akimat: Body
    half_year: HalfYear
    act: str
    coming: bool = False


def story(*, users: dict[str, User], now: datetime) -> list[Moment]:
    """What the akimats did and were answered, for the half-year that runs and for the coming one."""
    current, coming = terms.half_years_open_for_lists(day_of(now))
    akimats = list(Body.objects.akimats().order_by("code"))
    events = [*_of_running(akimats, current), *_of_coming(akimats, coming, now)]
    return [Moment(event.at, event.akimat.code, partial(ACTS[event.act], event, users)) for event in events]


def _of_running(akimats: list[Body], half_year: HalfYear) -> Iterator[Event]:
    """Accepted lists of the half-year that runs, submitted around their last day."""
    rules = RuleSet.objects.in_force_on(half_year.previous.first_day)
    due = terms.of_half_year(half_year, rules, workdays.current()).due
    for index, akimat in enumerate(akimats):
        late = akimat.code.endswith(LATE)
        submitted = (
            due + timedelta(days=2, hours=-13) if late else due - timedelta(days=1 + index % 7, hours=10)
        )
        for act, hours in (("start", -30), ("save", -29), ("submit", 0), ("accept", 50)):
            yield Event(submitted + timedelta(hours=hours), akimat, half_year, act)


def _of_coming(akimats: list[Body], half_year: HalfYear, now: datetime) -> Iterator[Event]:
    """Stories squeezed between the beginning of the running half-year and now."""
    span = min(SPAN, now - start_of_day(half_year.previous.first_day))
    for index, akimat in enumerate(akimats):
        story = STORIES.get(akimat.code.removeprefix("akimat."), ())
        for place, act in enumerate(story):
            share = (place + 1) / (len(story) + 1) * 0.8 + index / 100
            yield Event(now - span + span * share, akimat, half_year, act, coming=True)


def _list(event: Event) -> TopicList:
    return TopicList.objects.select_related("akimat").get(akimat=event.akimat, half_year=event.half_year.code)


def _start(event: Event, users: dict[str, User]) -> None:
    officer = users[event.akimat.code]
    topic_lists.start(akimat=event.akimat, half_year=event.half_year, by=officer, now=event.at)


def _save(event: Event, users: dict[str, User]) -> None:
    topic_list = _list(event)
    saved = topic_lists.save_draft(
        topic_list=topic_list,
        draft=ListDraft(_topics(event), analysis_kk=ANALYSIS_KK, analysis_ru=ANALYSIS_RU),
        version=topic_list.version,
        by=_writer(topic_list, users),
        now=event.at,
    )
    # The calendar in force was compiled of topics alone: what it did not take would need a reason each.
    if event.coming:
        proposals.propose(saved, _writer(topic_list, users), event.at)


def _writer(topic_list: TopicList, users: dict[str, User]) -> User:
    """Who writes the list: its akimat, or the authorised body while it enters a letter."""
    return users["authority" if topic_list.entry_letter_id else topic_list.akimat.code]


def _enter(event: Event, users: dict[str, User]) -> None:
    entries.begin(
        akimat=event.akimat,
        half_year=event.half_year,
        letter=letter_of(event.akimat, event.at),
        by=users["authority"],
        now=event.at,
    )


def _object(event: Event, users: dict[str, User]) -> None:
    _act(entries.object_, event, users[event.akimat.code], words=OBJECTION)


def _answer(event: Event, users: dict[str, User]) -> None:
    """Each comment is answered, and the topic it is about gets a longer text."""
    topic_list = _list(event)
    topics = [topic.as_draft() for topic in topic_list.topics.all()]
    topics[1] = replace(topics[1], text_kk=f"{TEXT_KK} {PLACES_KK}", text_ru=f"{TEXT_RU} {PLACES_RU}")
    topic_lists.save_draft(
        topic_list=topic_list,
        draft=ListDraft(topics, analysis_kk=ANALYSIS_KK, analysis_ru=ANALYSIS_RU),
        answers=dict.fromkeys(topic_list.answers, ANSWER),
        version=topic_list.version,
        by=users[event.akimat.code],
        now=event.at,
    )


def _submit(event: Event, users: dict[str, User]) -> None:
    topic_list = _list(event)
    topic_lists.submit(
        topic_list=topic_list,
        version=topic_list.version,
        by=_writer(topic_list, users),
        now=event.at,
        explanation_kk=EXPLANATION_KK,
        explanation_ru=EXPLANATION_RU,
    )


def _return(event: Event, users: dict[str, User]) -> None:
    second = _list(event).topics.get(position=2)
    _act(reviews.return_, event, users["authority"], topic_comments={second.pk: COMMENT})


def _accept(event: Event, users: dict[str, User]) -> None:
    _act(reviews.accept, event, users["authority"])


def _act(act: Callable[..., object], event: Event, by: User, **words: object) -> None:
    topic_list = _list(event)
    act(topic_list=topic_list, version=topic_list.version, by=by, now=event.at, **words)


ACTS: dict[str, Callable[[Event, dict[str, User]], None]] = {
    "start": _start,
    "save": _save,
    "answer": _answer,
    "submit": _submit,
    "return": _return,
    "accept": _accept,
    "enter": _enter,
    "object": _object,
}


def _topics(event: Event) -> list[TopicDraft]:
    """Questions of the region first, then some of the whole country; the draft of 33 lacks a Russian one."""
    region = event.akimat.region_id
    known = _known_topics()
    own = [one for one in known if one["region"] == region]
    offset = int(event.akimat.code[-2:])
    common = [one for one in known if one["region"] is None]
    chosen = (own + common[offset % len(common) :] + common)[: 2 + offset % 3]
    drafts = [_topic(one) for one in chosen]
    if event.coming and event.akimat.code.endswith(SHORT_OF_RUSSIAN):
        drafts[-1] = replace(drafts[-1], title_ru="", text_ru="")
    return drafts


def _topic(known: dict[str, Any]) -> TopicDraft:
    return TopicDraft(
        title_kk=known["text_kk"],
        title_ru=known["text_ru"],
        text_kk=TEXT_KK,
        text_ru=TEXT_RU,
        sector=known["sector"],
        district=known["district"] or "",
        ministry=f"ministry.{known['ministries'][0]}" if known["ministries"] else "",
    )


@cache
def _known_topics() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("topics.json")
    topics: list[dict[str, Any]] = json.loads(path.read_text())
    return topics
