"""What a complete topic list contains (procedure, section 2 row 1, and section 9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.problems import Problem
from procedure.topic_lists import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    TOPICS_LIMIT,
    ListDraft,
    TopicDraft,
    advice,
    languages_missing,
    problems_of_topics,
    problems_to_accept,
    problems_to_submit,
)

FULL = TopicDraft("Ауызсу", "Питьевая вода", "Мәтін", "Текст")


def fields(found):
    return [(problem.field, problem.code) for problem in found]


def test_a_complete_list_has_no_problems():
    draft = ListDraft([FULL, FULL])
    assert problems_to_submit(draft) == problems_to_accept(draft) == []


@pytest.mark.parametrize("topic", [TopicDraft(title_kk="Ауызсу"), TopicDraft(title_ru="Вода")])
def test_one_language_is_enough_to_submit(topic):
    assert problems_to_submit(ListDraft([topic])) == []


def test_both_languages_are_needed_to_accept():
    draft = ListDraft([FULL, TopicDraft(title_kk="Ауызсу", text_kk="Мәтін"), TopicDraft(title_ru="Вода")])
    assert fields(problems_to_accept(draft)) == [
        ("topics.1.title_ru", "missing_title_language"),
        ("topics.1.text_ru", "missing_text_language"),
        ("topics.2.title_kk", "missing_title_language"),
    ]


def test_a_text_is_optional_but_not_in_one_language_only():
    assert problems_to_accept(ListDraft([TopicDraft("Ауызсу", "Вода")])) == []
    draft = ListDraft([TopicDraft("Ауызсу", "Вода", text_ru="Текст")])
    assert problems_to_submit(draft) == []
    expected = {"number": 1, "language": "kk"}
    assert problems_to_accept(draft) == [Problem("missing_text_language", expected, "topics.0.text_kk")]


def test_a_missing_title_names_the_topic_as_people_count():
    draft = ListDraft([FULL, FULL, TopicDraft(text_ru="Только текст")])
    assert problems_to_submit(draft) == [Problem("missing_title", {"number": 3}, "topics.2.title_kk")]


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u200b", "\u00a0\u2060", "\x00"])
def test_what_nobody_can_see_is_missing(blank):
    assert fields(problems_to_submit(ListDraft([TopicDraft(title_kk=blank)]))) == [
        ("topics.0.title_kk", "missing_title")
    ]


def test_an_empty_list_needs_a_reason():
    assert problems_to_submit(ListDraft()) == [Problem("no_topics", field="topics")]
    assert problems_to_accept(ListDraft()) == [Problem("no_topics", field="topics")]


def test_a_reason_in_one_language_submits_and_in_both_is_accepted():
    one = ListDraft(no_topics_reason_ru="Обращений не было")
    assert problems_to_submit(one) == []
    assert problems_to_accept(one) == [
        Problem("missing_reason_language", {"language": "kk"}, "no_topics_reason_kk")
    ]
    assert problems_to_accept(ListDraft((), "Өтініш болған жоқ", "Обращений не было")) == []


def test_a_reason_beside_topics_contradicts_itself():
    draft = ListDraft([FULL], "Сұрақ жоқ", "Вопросов нет")
    assert fields(problems_to_submit(draft)) == [("no_topics_reason_kk", "reason_beside_topics")]


@pytest.mark.parametrize(
    ("topic", "problem"),
    [
        (TopicDraft("а" * TITLE_LIMIT, "Вода"), None),
        (TopicDraft("а" * (TITLE_LIMIT + 1), "Вода"), ("topics.0.title_kk", "title_too_long")),
        (TopicDraft("Су", "Вода", "а" * TEXT_LIMIT, "т"), None),
        (TopicDraft("Су", "Вода", "а", "т" * (TEXT_LIMIT + 1)), ("topics.0.text_ru", "text_too_long")),
        (TopicDraft("Су", "Вода", "а", "т" * 1_000_000), ("topics.0.text_ru", "text_too_long")),
    ],
)
def test_titles_and_texts_have_limits(topic, problem):
    expected = [problem] if problem else []
    assert fields(problems_to_submit(ListDraft([topic]))) == expected
    assert fields(problems_to_accept(ListDraft([topic]))) == expected


def test_a_list_has_a_limit_too():
    assert problems_to_submit(ListDraft([FULL] * TOPICS_LIMIT)) == []
    found = problems_to_submit(ListDraft([TopicDraft()] * (TOPICS_LIMIT + 1)))
    assert found[0] == Problem("too_many_topics", {"limit": TOPICS_LIMIT}, "topics")
    assert len(found) == TOPICS_LIMIT + 1


TEXTS = st.sampled_from(["", " ", "Су", "Вода"])
TOPICS = st.lists(st.builds(TopicDraft, TEXTS, TEXTS, TEXTS, TEXTS), max_size=4)


@given(st.builds(ListDraft, TOPICS, TEXTS, TEXTS))
def test_a_list_that_can_be_accepted_can_be_submitted(draft):
    if not problems_to_accept(draft):
        assert problems_to_submit(draft) == []


def test_advice_names_what_would_help_and_stops_nothing() -> None:
    road = TopicDraft("Жол", "Дорога", sector="roads", ministry="ministry.transport")
    bare = ListDraft([TopicDraft("Су", "Вода"), road])
    full = ListDraft(
        [road], analysis_kk="Ахуал", analysis_ru="Ситуация", no_meetings_reason_kk="Кездесу қажет емес"
    )

    assert [(p.code, p.field) for p in advice(bare)] == [
        ("no_analysis", "analysis_kk"),
        ("topic_without_sector", "topics.0.sector"),
        ("topic_without_ministry", "topics.0.ministry"),
        ("no_meetings", "meetings"),
    ]
    assert advice(full) == []
    assert problems_to_submit(bare) == []
    assert problems_to_accept(bare) == []


def test_an_analysis_in_one_language_is_not_accepted() -> None:
    half = ListDraft([TopicDraft("Су", "Вода")], analysis_kk="Ахуал")

    assert problems_to_submit(half) == []
    assert [(p.code, p.field) for p in problems_to_accept(half)] == [
        ("missing_analysis_language", "analysis_ru")
    ]


def test_a_topic_of_choices_alone_is_blank() -> None:
    assert TopicDraft(sector="roads", ministry="ministry.transport", urgency="urgent").is_blank
    assert not TopicDraft(evidence="Хат").is_blank


def test_a_topic_by_itself_says_something_and_fits() -> None:
    good = TopicDraft("Су")
    assert problems_of_topics([good, good], TOPICS_LIMIT - 2) == []
    assert [one.code for one in problems_of_topics([good, good], TOPICS_LIMIT - 1)] == ["too_many_topics"]
    blank = problems_of_topics([good, TopicDraft(sector="water")])
    assert [(one.code, one.field) for one in blank] == [("blank_topic", "title_kk")]
    long = problems_of_topics([TopicDraft("Су", text_ru="x" * (TEXT_LIMIT + 1))])
    assert [(one.code, one.field) for one in long] == [("text_too_long", "text_ru")]


@pytest.mark.parametrize(
    ("topic", "missing"),
    [
        (TopicDraft("Су", "Вода"), ()),
        (TopicDraft("Су"), ("ru",)),
        (TopicDraft("Су", "Вода", text_ru="Текст"), ("kk",)),
        (TopicDraft("", "Вода", "Мәтін"), ("kk", "ru")),
    ],
)
def test_the_languages_a_topic_lacks(topic: TopicDraft, missing: tuple[str, ...]) -> None:
    assert languages_missing(topic) == missing
