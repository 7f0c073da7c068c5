"""Certificates of compliance: issued by whom it concerns, frozen, the same on paper and before the public."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from base.errors import NotPermitted, Refused
from calendar_app.documents import certificates as documents
from calendar_app.models import Certificate, Submission, TopicList
from calendar_app.snapshots import sha256_of
from calendar_app.transitions import certificates, obligations, reviews, topic_lists
from procedure.half_years import HalfYear
from regions.models import Body
from tests.calendar_app.board_pages import signed_in
from tests.calendar_app.conftest import PERIOD
from tests.calendar_app.official_papers import docx_text, pdf_text, squeezed

pytestmark = pytest.mark.django_db
AFTER = datetime(2026, 12, 3, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def day(portal: None, clock_at: Callable[[datetime], None]) -> None:
    clock_at(AFTER)


def issued(body: str, by: User, period: HalfYear = PERIOD) -> Certificate:
    return certificates.issue(body=Body.objects.get(pk=body), half_year=period, by=by, now=AFTER)


def test_it_states_what_was_done_when_with_the_hash_of_the_receipt(
    submitted: TopicList, officer: User
) -> None:
    one = issued("akimat.19", officer)
    [duty] = one.read["duties"]
    receipt = Submission.objects.get()
    assert (duty["kind"], duty["status"], duty["clause"]) == ("topic_list", "met", "2.1")
    assert (duty["last_day"], duty["due"]) == ("2026-12-01", "2026-12-01T19:00:00.000000Z")
    assert duty["evidence"] == receipt.receipt_number
    assert duty["evidence_sha256"] == receipt.sha256
    assert sha256_of(one.content) == one.sha256
    assert one.read["issued_as"] == "body"
    assert re.fullmatch(r"P-2027-H1-0001-[0-9A-Z]{5}", one.number)
    entry = Entry.objects.get(act="certificate.issue")
    assert (entry.subject_label, entry.changes["sha256"][1]) == (one.number, one.sha256)


def test_a_review_is_proved_by_its_entry_in_the_journal(submitted: TopicList, authority: User) -> None:
    reviews.return_(topic_list=submitted, by=authority, now=AFTER, version=submitted.version, comment="Жоқ")
    one = issued("authority", authority)
    [duty] = [duty for duty in one.read["duties"] if duty["kind"] == "topic_list_review"]
    assert duty["evidence_sha256"] == Entry.objects.get(act="topic_list.return").hash


def test_what_did_not_come_is_stated_too(draft: TopicList, authority: User, officer: User) -> None:
    one = issued("akimat.19", authority)
    [duty] = one.read["duties"]
    assert (duty["status"], duty["days_late"], duty["evidence"]) == ("overdue", 2, "")
    assert one.read["issued_as"] == "authority"
    # Later acts change nothing of it.
    topic_lists.submit(
        topic_list=draft, by=officer, now=AFTER, version=draft.version, explanation_kk="Кешіктік"
    )
    assert Certificate.objects.get(pk=one.pk).read["duties"][0]["status"] == "overdue"
    assert issued("akimat.19", authority).read["duties"][0]["status"] == "late"


def test_nobody_certifies_another_body_or_nothing(officer: User, person: Callable[..., User]) -> None:
    with pytest.raises(NotPermitted):
        issued("akimat.33", officer)
    with pytest.raises(NotPermitted):
        issued("akimat.19", person("akimat.19", Role.ASSISTANT))
    with pytest.raises(Refused):
        issued("ministry.health", person("ministry.health", Role.MINISTRY_OFFICER))
    assert issued("akimat.19", officer)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE calendar_app_certificate SET issued_as = 'authority'", "DELETE FROM calendar_app_certificate"],
)
def test_the_database_keeps_it_as_it_was_issued(officer: User, statement: str) -> None:
    issued("akimat.19", officer)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_paper_says_what_was_issued(
    submitted: TopicList, officer: User, language: str, ending: str
) -> None:
    one = issued("akimat.19", officer)
    answer = signed_in(officer).get(
        f"/kk/staff/compliance/certificates/{one.number}/file.{language}.{ending}"
    )
    assert answer.status_code == 200
    said = squeezed(docx_text(answer.content) if ending == "docx" else pdf_text(answer.content))
    [duty] = one.read["duties"]
    for words in (
        one.number,
        one.sha256,
        duty["evidence"],
        *(duty["evidence_sha256"][at : at + 16] for at in range(0, 64, 16)),
        one.body.full_name_kk if language == "kk" else one.body.full_name_ru,
        f"/{language}/certificates/?number={one.number}",
        {"kk": "мерзімінде орындалды", "ru": "исполнено в срок"}[language],
    ):
        assert squeezed(words) in said, words
    again = documents.WRITERS[ending](documents.paper(one, language))
    assert again == answer.content
    if ending == "pdf":
        assert len(PdfReader(io.BytesIO(again)).pages) == 1


def test_it_is_issued_once_per_form_and_found_by_anybody(submitted: TopicList, officer: User) -> None:
    obligations.derive(now=AFTER)
    browser = signed_in(officer)
    address = "/en/staff/compliance/2027-H1/akimat.19/"
    key = re.search(r'name="idempotency_key" value="([^"]+)"', browser.get(address).content.decode())
    assert key
    form = {"version": 0, "idempotency_key": key.group(1)}
    assert browser.post(address, form).status_code == 302
    assert browser.post(address, form).status_code == 302
    one = Certificate.objects.get()
    assert one.number in browser.get(address).content.decode()
    assert browser.get(one.get_absolute_url()).status_code == 200

    public = Client().get("/ru/certificates/", {"number": f" {one.number.lower().replace('-', '–')} "})
    page = public.content.decode()
    assert public.status_code == 200
    assert "Портал выдал эту справку" in page
    assert one.sha256 in page
    assert public["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    # Nobody is named.
    assert officer.full_name not in page
    assert officer.full_name not in json.dumps(one.read)


def test_a_number_that_was_not_given_is_answered_in_a_sentence(officer: User) -> None:
    one = issued("akimat.19", officer)
    wrong = one.number[:-1] + ("2" if one.number[-1] != "2" else "3")
    for number in (wrong, "P-2027-H1", "'; DROP", "\x00", "№" * 500):
        answer = Client().get("/en/certificates/", {"number": number})
        assert (answer.status_code, one.sha256 in answer.content.decode()) in {(404, False), (200, False)}
    page = Client().get("/en/certificates/", {"number": wrong})
    assert page.status_code == 404
    assert "There is no certificate with this number." in page.content.decode()


def test_a_neighbour_does_not_find_it(officer: User, neighbour: User, authority: User) -> None:
    one = issued("akimat.19", officer)
    assert signed_in(neighbour).get(one.get_absolute_url()).status_code == 404
    assert signed_in(authority).get(one.get_absolute_url()).status_code == 200
