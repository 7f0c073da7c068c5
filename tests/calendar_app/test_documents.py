"""The covering letter and the list as DOCX and PDF: what they say and how they are built."""

from __future__ import annotations

import io

import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from accounts.models import User
from base.clock import now
from calendar_app.documents import papers
from calendar_app.models import TopicList
from calendar_app.transitions import reviews, topic_lists
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Person, Post, TermOfOffice
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.official_papers import (
    HOSTILE,
    KAZAKH,
    docx_text,
    filled,
    got,
    opened,
    pdf_text,
    saved,
    saved_answer,
    squeezed,
    submission_of,
    text_of,
)


@pytest.fixture
def full(draft: TopicList, officer: User) -> TopicList:
    return filled(draft, officer)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_list_says_everything_in_its_language(full: TopicList, officer: User, ending: str) -> None:
    kk = text_of(got(officer, full, f"list.kk.{ending}"), ending)
    ru = text_of(got(officer, full, f"list.ru.{ending}"), ending)

    district = full.topics.get(position=1).district
    assert district
    for text in (
        "Өзекті мәселелер тізбесі", "2027 жылғы бірінші жартыжылдыққа арналған", "Алматы облысының әкімдігі",
        "Ахуал", f"Су {KAZAKH}", "Бірінші жол", "Денсаулық сақтау министрлігі", district.name_kk,
        "Аса шұғыл", "Тексеру актісі № 17", "ЖОБА", "Демонстрация", "Бүкіл өңір", "Мектеп құрылысы", "(қолы)",
    ):  # fmt: skip
        assert squeezed(text) in kk
    for text in (
        "Перечень актуальных вопросов", "на первое полугодие 2027 года", "Акимат Алматинской области",
        "Ситуация", "Вода", "Министерство здравоохранения", district.name_ru, "Критическая", "ПРОЕКТ",
        "Весь регион", "Строительство школы", "Нет текста на русском языке по вопросам: № 1.",
    ):  # fmt: skip
        assert squeezed(text) in ru
    assert "Бірінші" not in ru


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_letter_leaves_room_for_number_date_and_signature(
    full: TopicList, officer: User, ending: str
) -> None:
    kk = text_of(got(officer, full, f"letter.kk.{ending}"), ending)
    ru = text_of(got(officer, full, f"letter.ru.{ending}"), ending)

    for text in (
        "АЛМАТЫ ОБЛЫСЫНЫҢ ӘКІМДІГІ", "АКИМАТ АЛМАТИНСКОЙ ОБЛАСТИ", "(ЭҚАЖ тіркеу нөмірі және күні)",
        "Ақпаратқа қол жеткізу саласындағы уәкілетті органға", "Мәдениет және ақпарат министрлігі",
        "тізбесі туралы", "(2 мәселе)", "Қосымша:", "Орындаушы:", "Алматы облысының әкімі", "(аты-жөні)",
    ):  # fmt: skip
        assert squeezed(text) in kk
    for text in ("(2 вопроса)", "Приложение:", "Исполнитель:", "Аким Алматинской области", "№ ____"):
        assert squeezed(text) in ru


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_nothing_typed_is_read_as_markup(full: TopicList, officer: User, ending: str) -> None:
    submission = submission_of(full, officer)
    assert squeezed(HOSTILE) in text_of(got(officer, full, f"list.kk.{ending}", submission.number), ending)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_direction_marks_do_not_turn_what_was_typed(draft: TopicList, officer: User, ending: str) -> None:
    topic_list = saved(draft, officer, ListDraft([TopicDraft("Су", "Вода", "Мәтін", "Текст")]))
    topic_list.topics.update(text_ru="раз \u202eдва\u202c три \u2067четыре\u2069 \x0bпять")

    assert "раздватричетырепять" in text_of(got(officer, topic_list, f"list.ru.{ending}"), ending)


@pytest.mark.django_db
def test_a_word_without_end_stays_in_its_column(draft: TopicList, officer: User) -> None:
    word = "ы" * 5000
    topic = TopicDraft("Су", "Вода", "Мәтін", word, evidence=word[:900])
    content = got(officer, saved(draft, officer, ListDraft([topic])), "list.ru.pdf")

    edges: list[float] = []
    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: edges.append(tm[4]))
        assert max(edges) < float(page.mediabox.width) - 15 / 25.4 * 72
    assert pdf_text(content).count("ы") >= 5900


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_word_processor_finds_styles_language_and_a_table_heading(
    full: TopicList, officer: User, language: str
) -> None:
    read = opened(got(officer, full, f"list.{language}.docx"))
    tag = {"kk": "kk-KZ", "ru": "ru-RU"}[language]

    assert read.core_properties.language == tag
    assert read.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == tag
    assert read.core_properties.author == getattr(full.akimat, f"full_name_{language}")
    assert "python-docx" not in str(read.core_properties.author) + str(read.core_properties.comments)
    styles = [paragraph.style.name for paragraph in read.paragraphs if paragraph.style]
    assert {"Title", "Heading 1", "Body Text"} <= set(styles)
    table = read.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == papers.words(language)["list"]["columns"]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [row.cells[0].text for row in table.rows[1:]] == ["1", "2"]
    inside = {paragraph.style.name for paragraph in table.rows[1].cells[1].paragraphs if paragraph.style}
    assert inside <= {"Table Title", "Table Text"}
    section = read.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.django_db
def test_a_hundred_topics_run_over_pages_each_with_the_heading(draft: TopicList, officer: User) -> None:
    topics = [TopicDraft(f"Тақырып {n}", f"Тема {n}", "Мәтін", "Текст. " * 20) for n in range(1, 101)]
    topic_list = saved(draft, officer, ListDraft(topics))

    pages = PdfReader(io.BytesIO(got(officer, topic_list, "list.ru.pdf"))).pages
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"{number} / {len(pages)}" in text
        assert "Подтверждающие" in text or "(подпись)" in text
    assert len(opened(got(officer, topic_list, "list.ru.docx")).tables[0].rows) == 101


@pytest.mark.django_db
@pytest.mark.parametrize(("acting", "post"), [(False, "облысының әкімі"), (True, "облысының әкімі (м.а.)")])
def test_the_head_of_that_day_is_named_below(full: TopicList, officer: User, acting: bool, post: str) -> None:
    head = Post.objects.get(body=full.akimat, kind=Post.Kind.HEAD)
    person = Person.objects.create(name_kk="Сынақ Басшы", name_ru="Проверочный Руководитель")
    TermOfOffice.objects.create(person=person, post=head, valid_from=IN_TIME.date(), acting=acting)

    text = text_of(got(officer, full, "letter.kk.pdf"), "pdf")
    assert squeezed(post) in text
    assert squeezed("Сынақ Басшы") in text


@pytest.mark.django_db
def test_a_late_list_of_a_second_round_says_so_in_the_letter(
    full: TopicList, officer: User, authority: User, late: None
) -> None:
    submission_of(full, officer)
    full.refresh_from_db()
    reviews.return_(topic_list=full, by=authority, now=IN_TIME, version=full.version, comment="Жоқ")
    full.refresh_from_db()
    again = saved_answer(full, officer, "Ескерілді {text}")
    topic_lists.submit(topic_list=again, by=officer, now=now(), version=again.version, explanation_kk="Сапар")
    submission = again.submissions.latest("number")

    text = docx_text(got(officer, again, "letter.kk.docx", submission.number))
    assert "қайта енгізіліп отыр (2-кезең)" in text
    assert "Ескертулерге жауап: Ескерілді {text}" in text
    assert "енгізудің соңғы күні – 2026 жылғы 1 желтоқсан" in text
    assert "Кешігу туралы түсініктеме: Сапар" in text


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_list_without_topics_gives_its_reason(draft: TopicList, officer: User, ending: str) -> None:
    topic_list = saved(draft, officer, ListDraft([], no_topics_reason_kk="Өтініш түскен жоқ"))

    for kind in ("letter", "list"):
        assert squeezed("Өтініш түскен жоқ") in text_of(
            got(officer, topic_list, f"{kind}.kk.{ending}"), ending
        )
    assert squeezed("Причина: —") in text_of(got(officer, topic_list, f"letter.ru.{ending}"), ending)
