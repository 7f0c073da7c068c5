"""Making a full topic list, fetching its official documents, and reading them back."""

from __future__ import annotations

import io

import docx
from django.test import Client
from docx.document import Document as Docx
from docx.oxml.ns import qn
from pypdf import PdfReader

from accounts.models import User
from calendar_app.models import Submission, TopicList
from calendar_app.transitions import topic_lists
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Territory
from tests.calendar_app.conftest import IN_TIME, TOPICS

NAMES = [f"{kind}.{language}" for kind in ("letter", "list") for language in ("kk", "ru")]
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
HOSTILE = (
    r"""#eval("1+1") #panic() $x^2$ *жұлдыз* _a_ `b` \ [ ] { } {text} %s {{ x }} <w:t> <b> &amp; """
    r"""@ref // /* = " ' ~ -- --- ..."""
)


def filled(draft: TopicList, officer: User) -> TopicList:
    """A list that uses everything: analysis, sector, district, ministry, urgency, evidence."""
    district = Territory.objects.within(draft.akimat.region_id).districts().order_by("code").first()
    assert district
    topic = TopicDraft(
        f"Су {KAZAKH}", "Вода", f"Бірінші жол\n{HOSTILE}", "", "water", district.pk, "ministry.health",
        "critical", "Тексеру актісі № 17",
    )  # fmt: skip
    words = ListDraft([topic, TOPICS[1]], analysis_kk="Ахуал", analysis_ru="Ситуация")
    return saved(draft, officer, words)


def saved(topic_list: TopicList, by: User, words: ListDraft) -> TopicList:
    """The list with other words in it, as it is in the database."""
    version = TopicList.objects.values_list("version", flat=True).get(pk=topic_list.pk)
    topic_lists.save_draft(topic_list=topic_list, draft=words, by=by, now=IN_TIME, version=version)
    return TopicList.objects.get(pk=topic_list.pk)


def submission_of(topic_list: TopicList, by: User) -> Submission:
    topic_lists.submit(topic_list=topic_list, by=by, now=IN_TIME, version=topic_list.version)
    return topic_list.submissions.latest("number")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(topic_list: TopicList, name: str, number: int = 0) -> str:
    receipt = f"receipts/{number}/" if number else ""
    return f"/kk/staff/topic-lists/{topic_list.half_year}/{topic_list.akimat_id}/{receipt}documents/{name}"


def got(user: User, topic_list: TopicList, name: str, number: int = 0) -> bytes:
    answer = signed_in(user).get(address(topic_list, name, number))
    assert answer.status_code == 200
    return answer.content


def opened(content: bytes) -> Docx:
    return docx.Document(io.BytesIO(content))


def docx_text(content: bytes) -> str:
    """Everything a reader of the DOCX sees, page header and footer included."""
    read = opened(content)
    section = read.sections[0]
    parts = (read.element.body, section.header._element, section.footer._element)
    return "\n".join("".join(line.itertext()) for part in parts for line in part.iter(qn("w:p")))


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    """Without spaces and line ends: a page breaks lines where it likes."""
    return "".join(text.split())


def text_of(content: bytes, ending: str) -> str:
    return squeezed(docx_text(content) if ending == "docx" else pdf_text(content))


def saved_answer(topic_list: TopicList, by: User, answer: str) -> TopicList:
    words = topic_list.as_draft()
    topic_lists.save_draft(
        topic_list=topic_list, draft=words, by=by, now=IN_TIME, version=topic_list.version, answer=answer
    )
    return TopicList.objects.get(pk=topic_list.pk)
