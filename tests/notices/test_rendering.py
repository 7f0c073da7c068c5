"""Texts: complete in three languages, strict about facts, and impossible to abuse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings

from notices import rendering
from notices.labels import KIND_LABELS
from notices.models import Letter
from tests.notices import calendar_letters
from tests.notices.conftest import FACTS, NOW

LANGUAGES = ["kk", "ru", "en"]
SUBMISSION = FACTS | {
    "submitted_at": "2026-12-01T18:59:59+00:00",
    "sha256": "5a" * 32,
    "last_day": "2026-12-01",
    "round": 1,
    "topic_count": 4,
    "late": False,
    "explanation_kk": "",
    "explanation_ru": "",
    "explanation_en": "",
    "answer": "",
    "answers_kk": "",
    "answers_ru": "",
    "letter_number": "",
}
LETTER = {
    "letter_number": "12-3/456",
    "letter_day": "2026-11-30",
    "letter_signatory": "Demo head 07",
    "letter_post": "Әкім",
}
REVIEW = FACTS | {
    "submitted_at": "2026-11-30T11:20:00+00:00",
    "comment": "Тақырып нақты емес.\nУточните тему.",
    "round": 2,
    "last_day": "2026-12-08",
    "topic_comments_kk": "",
    "topic_comments_ru": "",
    "left_out_kk": "",
    "left_out_ru": "",
    "left_out_en": "",
}
TOPIC_BY_TOPIC = {"kk": "2. Мектеп құрылысы\nҚай ауылда?", "ru": "2. Строительство школы\nВ каком селе?"}
ON_TOPICS = (
    REVIEW | {"comment": ""} | {f"topic_comments_{code}": text for code, text in TOPIC_BY_TOPIC.items()}
)
LATE = SUBMISSION | {"late": True}
LATE |= {f"explanation_{code}": "Жауапты қызметкер ауырды." for code in LANGUAGES}
# Each branch of the text with just the facts that it asks for.
DUTY = FACTS | {
    "last_day": "2026-12-01",
    "aims_earlier": False,
    "working_days": 5,
    "list_state": "not_started",
    "missing_kk": 0,
    "missing_ru": 0,
    **{f"body_{code}": FACTS[f"akimat_{code}"] for code in LANGUAGES},
}
DRAFT = DUTY | {"list_state": "draft", "topic_count": 4, "missing_ru": 1}
CONTEXTS: dict[str, list[dict[str, Any]]] = {
    "topic_list_submitted": [SUBMISSION],
    "topic_list_late_submitted": [LATE],
    "topic_list_resubmitted": [
        SUBMISSION | {"answer": "Түзетілді."},
        LATE | {"answer": "Түзетілді."},
        SUBMISSION | {f"answers_{code}": text for code, text in TOPIC_BY_TOPIC.items()},
    ],
    "topic_list_receipt": [SUBMISSION, LATE, SUBMISSION | LETTER],
    "topic_list_entry_begun": [FACTS | {"letter_number": "12-3/456", "letter_day": "2026-11-20"}],
    "topic_list_entered": [SUBMISSION | LETTER, LATE | LETTER],
    "topic_list_objected": [FACTS | {"objection": "Екінші мәселе жоқ."}],
    "topic_list_objection_answered": [FACTS | {"objection": "Жоқ.", "objection_answer": "Бар."}],
    "topic_list_returned": [REVIEW, ON_TOPICS],
    "topic_list_accepted": [
        REVIEW | {"last_day": ""},
        REVIEW | {"last_day": "", "comment": ""},
        REVIEW | {"last_day": ""} | {f"left_out_{code}": "2. Школа\n…" for code in LANGUAGES},
    ],
    "topic_list_reopened": [REVIEW, ON_TOPICS],
    "topic_list_recalled": [FACTS],
    "topic_list_reminder": [
        DUTY,
        DRAFT,
        DRAFT | {"aims_earlier": True, "aim_day": "2026-11-30", "working_days": 0},
        DUTY | {"list_state": "returned", "missing_kk": 2},
    ],
    "topic_list_overdue": [DUTY, DRAFT],
    "topic_list_missed": [
        FACTS
        | {"last_day": "2026-12-01", "body_count": 1}
        | {f"bodies_{code}": f"– {FACTS[f'akimat_{code}']}" for code in LANGUAGES}
    ],
    **calendar_letters.CONTEXTS,
}
EXTENDED = FACTS | {
    **{f"body_{code}": FACTS[f"akimat_{code}"] for code in LANGUAGES},
    "duty_kind": "topic_list",
    "before_day": "2026-12-01",
    "last_day": "2026-12-08",
    "aims_earlier": False,
    "reason": "Су тасқыны.",
}
CONTEXTS["term_extended"] = [
    EXTENDED,
    EXTENDED | {"duty_kind": "coordination_answer", "aim_day": "2026-12-07", "aims_earlier": True},
]
BODY = FACTS | {f"body_{code}": FACTS[f"akimat_{code}"] for code in LANGUAGES}
OVERDUE = BODY | {"last_day": "2026-12-01", "overdue": True}
OWED = OVERDUE | {"working_days": 2, "overdue": False}
AIMED = {"aims_earlier": True, "aim_day": "2026-11-30", "working_days": 0}
LINES = {
    f"{name}_{code}": f"– {FACTS[f'akimat_{code}']}" for name in ("bodies", "duties") for code in LANGUAGES
}
WHOLE = {
    f"{name}_{code}": f"– {FACTS[f'akimat_{code}']}"
    for name in ("overdue", "coming", "waiting", "nobody")
    for code in LANGUAGES
}
CALENDAR = OWED | {"aims_earlier": False, "version_state": "not_started"}
CONTEXTS |= {
    "review_reminder": [
        OWED | {"submitted_at": "2026-11-24T09:00:00+00:00"},
        OVERDUE | {"submitted_at": "2026-11-24T09:00:00+00:00"},
    ],
    "coordination_reminder": [
        OWED | {"aims_earlier": False, "questions": 3},
        OWED | {"questions": 1} | AIMED,
        OVERDUE | {"questions": 1},
    ],
    "coordination_missed": [FACTS | LINES | {"last_day": "2026-12-01", "body_count": 1}],
    "calendar_reminder": [
        CALENDAR,
        CALENDAR | AIMED | {"version_state": "coordination"},
        OVERDUE | {"version_state": "returned"},
        CALENDAR | {"version_state": "working"},
    ],
    "publication_reminder": [OWED, OVERDUE],
    "authority_digest": [
        FACTS | WHOLE | {"overdue_count": 1, "coming_count": 2},
        FACTS
        | {name: text for name, text in WHOLE.items() if name[:2] in ("wa", "no")}
        | {"overdue_count": 0, "coming_count": 0},
    ],
    "daily_digest": [FACTS | LINES | {"duty_count": 2}],
}
CASES = [
    pytest.param(kind, language, context, id=f"{kind}-{language}-{number}")
    for kind, contexts in CONTEXTS.items()
    for language in LANGUAGES
    for number, context in enumerate(contexts)
]
FOLDER = Path(portal_settings.TEMPLATES[0]["DIRS"][0]) / rendering.FOLDER
FREE_TEXT = [
    "comment", "explanation_kk", "explanation_ru", "explanation_en", "answer", "objection", "objection_answer",
    "answers_kk", "answers_ru", "topic_comments_kk", "topic_comments_ru",
    "left_out_kk", "left_out_ru", "left_out_en", "reason", "explanation", "reasons",
]  # fmt: skip


def letter(kind: str, language: str, context: dict[str, Any]) -> Letter:
    return Letter(kind=kind, language=language, context=context, created_at=NOW, message_id="<m@x>")


def test_every_kind_has_a_text_in_every_language_and_nothing_more() -> None:
    texts = {path.name for path in FOLDER.glob("[a-z]*.txt")}
    assert texts == {f"{kind}.{language}.txt" for kind in KIND_LABELS for language in LANGUAGES}
    assert set(CONTEXTS) == set(KIND_LABELS)


@pytest.mark.parametrize(("kind", "language", "context"), CASES)
def test_a_letter_is_whole(kind: str, language: str, context: dict[str, Any]) -> None:
    text = rendering.render(letter(kind, language, context))
    assert 20 < len(text.subject) <= 150
    for trace in "{{", "{%", "None", "&gt;", "&#", "  ", " .", " ,", "()", "\n\n\n":
        assert trace not in text.subject + "\n" + text.body
    if f"akimat_{language}" in facts_in(kind, language):
        assert context[f"akimat_{language}"].lower() in (text.subject + text.body).lower()
    assert context["path"].replace("/kk/", f"/{language}/") in text.body
    assert portal_settings.CONTACT in text.body
    assert re.search(r"\n--\n", text.body)


def test_the_language_of_a_letter_is_its_own() -> None:
    kazakh = rendering.render(letter("topic_list_returned", "kk", REVIEW))
    russian = rendering.render(letter("topic_list_returned", "ru", REVIEW))
    english = rendering.render(letter("topic_list_returned", "en", REVIEW))
    assert "2026 жылғы 8 желтоқсаннан кешіктірмей" in kazakh.body
    assert "Қостанай облысының әкімдігіне." in kazakh.body
    assert "2027 жылғы бірінші жартыжылдыққа арналған" in kazakh.body
    assert "не позднее 8 декабря 2026 года" in russian.body
    assert "В акимат Костанайской области." in russian.body
    assert "not later than 8 December 2026" in english.body


def test_the_last_second_of_the_term_is_told_in_almaty_time() -> None:
    text = rendering.render(letter("topic_list_receipt", "ru", SUBMISSION))
    assert "1 декабря 2026 года, 23:59:59" in text.body
    assert "в установленный срок" in text.body


def test_words_of_others_stand_behind_quotation_signs() -> None:
    text = rendering.render(letter("topic_list_returned", "kk", REVIEW))
    assert "\n> Тақырып нақты емес.\n> Уточните тему.\n" in text.body


def facts_in(kind: str, language: str) -> set[str]:
    """Names that the text asks for, read from its source and the parts that it includes."""
    source = (FOLDER / f"{kind}.{language}.txt").read_text()
    for part in re.findall(r'include "notices/letters/(_[a-z_.]+)"', source):
        source += (FOLDER / part).read_text()
    return set(re.findall(r"{{ (\w+)", source)) | set(re.findall(r"{% if (\w+) %}", source))


@pytest.mark.parametrize(("kind", "language", "context"), CASES)
def test_every_missing_fact_is_an_error(kind: str, language: str, context: dict[str, Any]) -> None:
    """Each fact that the text asks for is taken away in turn; none may leave a hole."""
    asked = facts_in(kind, language)
    taken = [name for name in context if name in asked]
    assert len(taken) >= 2
    for name in taken:
        poorer = {key: value for key, value in context.items() if key != name}
        with pytest.raises(rendering.RenderingError) as caught:
            rendering.render(letter(kind, language, poorer))
        assert caught.value.label == "RenderingError MissingFactError"


@pytest.mark.parametrize("context", [FACTS | {"half_year_code": "2027-H9"}, {}])
def test_wrong_facts_are_an_error_without_text(context: dict[str, Any]) -> None:
    with pytest.raises(rendering.RenderingError) as caught:
        rendering.render(letter("topic_list_recalled", "kk", context))
    assert re.fullmatch(r"RenderingError \w+", caught.value.label)


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(rendering.RenderingError, match="TemplateDoesNotExist"):
        rendering.render(letter("no_such_letter", "kk", FACTS))


@pytest.mark.parametrize(("kind", "language", "context"), CASES)
def test_words_of_people_never_reach_the_subject(kind: str, language: str, context: dict[str, Any]) -> None:
    canary = {name: "Canary 870101300123" for name in FREE_TEXT if context.get(name)}
    text = rendering.render(letter(kind, language, context | canary))
    assert "Canary" not in text.subject
    assert all(line.startswith("> ") for line in text.body.splitlines() if "Canary" in line)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_no_fact_can_add_a_header(newline: str) -> None:
    """Not even one that stands in the subject."""
    evil = FACTS | {"akimat_kk": f"Әкімдік{newline}Bcc: everybody@example.invalid{newline}{newline}x"}
    text = rendering.render(letter("topic_list_recalled", "kk", evil))
    assert "\n" not in text.subject
    assert len(text.subject.splitlines()) == 1


@pytest.mark.django_db
def test_names_of_akimats_take_the_endings_of_the_texts() -> None:
    """The texts write «{{ akimat_kk }}не», which is right for names that end in «әкімдігі»."""
    from regions.models import Body

    names = list(Body.objects.filter(code__startswith="akimat.").values_list("full_name_kk", "full_name_ru"))
    assert len(names) == 20
    assert all(kk.endswith("әкімдігі") and ru.startswith("Акимат ") for kk, ru in names)
