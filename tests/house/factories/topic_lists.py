"""Topic lists of the asking akimat and of another one, in the state that a page needs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from accounts.models import Membership, User
from accounts.permissions import Role
from base import clock
from calendar_app import terms
from calendar_app.models import Topic, TopicList
from calendar_app.transitions import reviews
from calendar_app.transitions import topic_lists as acts
from calendar_app.transitions.signed_letters import NewLetter
from procedure.signed_letters import LetterHead
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body
from tests import signed_files as files
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People


def canary(akimat: str) -> str:
    """A word that stands in the list of this akimat and nowhere else."""
    return f"Canary-of-{akimat}"


def not_started(people: People) -> Objects:
    """The form that starts a list."""
    return Objects(*(Target(form={"akimat": code, "half_year": _half_year()}) for code in (OWN, FOREIGN)))


def in_state(state: str, people: People, **form: object) -> Objects:
    """Both lists brought to the state by their acts; the form carries the fields of the page."""
    return Objects(*(_target(make(state, people, code), form) for code in (OWN, FOREIGN)))


def make(state: str, people: People, code: str) -> TopicList:
    """The list of the akimat for the coming half-year, in the state."""
    now, by, authority = clock.now(), people.makers[code], people.makers["authority"]
    akimat = Body.objects.get(code=code)
    half_year = terms.half_years_open_for_lists(clock.today())[-1]
    topic_list = acts.start(akimat=akimat, half_year=half_year, by=by, now=now)
    words = canary(code)
    topics = [TopicDraft(f"{words} kk", f"{words} ru", "Мәтін", "Текст")]
    acts.save_draft(
        topic_list=topic_list, draft=ListDraft(topics), by=by, now=now, version=topic_list.version
    )
    if state != "draft":
        acts.submit(topic_list=topic_list, by=by, now=now, version=_version(topic_list))
    if state == "accepted":
        reviews.accept(topic_list=topic_list, by=authority, now=now, version=_version(topic_list))
    if state in ("returned", "resubmitted"):
        comment = f"{words} comment"
        reviews.return_(
            topic_list=topic_list, by=authority, now=now, version=_version(topic_list), comment=comment
        )
    if state == "resubmitted":
        _answer(topic_list, by, ListDraft([replace(topics[0], text_ru=f"{words} changed")]))
    return TopicList.objects.select_related("akimat").get(pk=topic_list.pk)


def _answer(topic_list: TopicList, by: User, draft: ListDraft) -> None:
    """Change a returned list and submit it again."""
    now = clock.now()
    acts.save_draft(
        topic_list=topic_list, draft=draft, answer="Жауап", by=by, now=now, version=_version(topic_list)
    )
    acts.submit(topic_list=topic_list, by=by, now=now, version=_version(topic_list))


def with_receipt(people: People) -> Objects:
    """A submitted list and its first receipt."""
    objects = in_state("submitted", people)
    assert objects.foreign
    for target in (objects.own, objects.foreign):
        target.path["number"] = 1
    return objects


def draft_with_letter(people: People) -> Objects:
    """A draft, and a form that holds the letter too: whoever signs for themselves is not asked for it."""
    form = {"number": "1", "day": str(clock.today()), "signatory": "A", "post": "B", "file": files.Paper()}
    return in_state("draft", people, **form)


def with_covered_receipt(people: People) -> Objects:
    """A list that was submitted with a covering letter, and its receipt."""
    for code in (OWN, FOREIGN):
        draft = make("draft", people, code)
        head = LetterHead("1", clock.today(), "A", "B")
        officer = Membership.objects.filter(user=people.makers[code], role=Role.AKIMAT_SIGNATORY)
        officer.update(role=Role.ASSISTANT)
        acts.submit(
            topic_list=draft,
            by=User.objects.get(pk=people.makers[code].pk),
            now=clock.now(),
            version=draft.version,
            letter=NewLetter(head, files.PDF),
        )
    lists = TopicList.objects.select_related("akimat").filter(half_year=_half_year())
    objects = Objects(*(_target(lists.get(akimat=code), {}) for code in (OWN, FOREIGN)))
    assert objects.foreign
    for target in (objects.own, objects.foreign):
        target.path["number"] = 1
    return objects


def typed_words(people: People) -> Objects:
    """What autosave sends from the page of the analysis."""
    objects = in_state("draft", people, act="keep", stroke="1", analysis_kk="Ахуал")
    assert objects.foreign
    for target in (objects.own, objects.foreign):
        target.path["item"] = "analysis"
    return objects


def as_document(make_objects: Callable[[People], Objects], people: People) -> Objects:
    """The same objects, asked for as an official document."""
    objects = make_objects(people)
    assert objects.foreign
    for target in (objects.own, objects.foreign):
        target.path["document"] = "list.ru.docx"
    return objects


def topic_of(people: People, **form: str) -> Objects:
    """A topic of a draft, with the filled form of its page."""
    objects = in_state("draft", people, **form)
    assert objects.foreign
    for target in (objects.own, objects.foreign):
        topic = Topic.objects.get(topic_list=target.others["topic_list"])
        target.path["key"] = topic.pk
        target.form["version"] = topic.version
        target.others["key"] = topic.pk
    return objects


def part_of(people: People, **form: str) -> Objects:
    """A draft and the form of one of its parts, at its first version."""
    return in_state("draft", people, version="1", **form)


def _target(topic_list: TopicList, form: dict[str, object]) -> Target:
    code = topic_list.akimat.code
    ids = {"topic_list": topic_list.pk, "id": topic_list.pk, "pk": topic_list.pk, "akimat": code}
    return Target(
        path={"half_year": topic_list.half_year, "akimat": code},
        form={"version": topic_list.version, "idempotency_key": str(uuid.uuid4()), **form},
        others=ids,
        canary=canary(code),
        kept=partial(_kept, topic_list.pk),
    )


def _kept(pk: int) -> object:
    """The list and its topics as they stand in the database."""
    topic_list = TopicList.objects.filter(pk=pk)
    return list(topic_list.values()), list(topic_list.order_by("topics").values("topics__title_kk"))


def _version(topic_list: TopicList) -> int:
    return TopicList.objects.values_list("version", flat=True).get(pk=topic_list.pk)


def _half_year() -> str:
    return terms.half_years_open_for_lists(clock.today())[-1].code


MAKERS: dict[str, Callable[[People], Objects]] = {
    "not_started": not_started,
    "draft_with_letter": draft_with_letter,
    "covered_receipt": with_covered_receipt,
    "topic": partial(topic_of, title_kk="Жаңа атау", title_ru="Новое название"),
    "typed_words": typed_words,
    "topic_to_move": partial(topic_of, to="1"),
    "new_topic": partial(in_state, "draft", title_kk="Жаңа атау", title_ru="Новое название"),
    "analysis": partial(part_of, analysis_kk="Ахуал"),
    "answer": partial(part_of, answer="Жауап"),
    "draft": partial(in_state, "draft"),
    "submitted": partial(in_state, "submitted"),
    "submitted_and_comment": partial(in_state, "submitted", comment="Толықтырыңыз"),
    "resubmitted": partial(in_state, "resubmitted"),
    "accepted_and_comment": partial(in_state, "accepted", comment="Толықтырыңыз"),
    "receipt": with_receipt,
    "draft_document": partial(as_document, partial(in_state, "draft")),
    "receipt_document": partial(as_document, with_receipt),
}
