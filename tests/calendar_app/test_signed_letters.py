"""An officer without the signing right submits with the letter that carries the signature."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from accounts.permissions import Role
from audit import journal
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants
from calendar_app.models import SignedFile, SignedLetter, Submission, TopicList
from calendar_app.transitions import reviews, topic_lists
from calendar_app.transitions.signed_letters import NewLetter
from notices import rendering
from notices.models import Letter
from procedure.signed_letters import FILE_LIMIT, LetterHead
from tests import signed_files as files
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_staff_pages import LIST, signed_in

pytestmark = pytest.mark.django_db

SIGNATORY, POST, NUMBER = "Сынақ Қолқоюшыбеков", "Облыс әкімінің орынбасары", "01-12/345"
HEAD = LetterHead(NUMBER, date(2026, 11, 20), SIGNATORY, POST)
COVER = NewLetter(HEAD, files.PDF)


@pytest.fixture
def clerk(person: Callable[..., User]) -> User:
    return person("akimat.19", Role.AKIMAT_OFFICER, username="akimat.19.officer")


@pytest.fixture
def assistant(person: Callable[..., User]) -> User:
    return person("akimat.19", Role.ASSISTANT, username="assistant")


@pytest.fixture
def covered(draft: TopicList, clerk: User) -> Submission:
    return topic_lists.submit(topic_list=draft, by=clerk, now=IN_TIME, version=draft.version, letter=COVER)


def form(topic_list: TopicList, content: bytes = files.PDF, **changes: Any) -> dict[str, Any]:
    return {
        "version": topic_list.version,
        "idempotency_key": str(uuid.uuid4()),
        "number": NUMBER,
        "day": "2026-11-20",
        "signatory": SIGNATORY,
        "post": POST,
        "file": files.Paper(content),
    } | changes


def test_the_submission_rests_on_the_letter(covered: Submission, draft: TopicList, clerk: User) -> None:
    kept = Submission.objects.select_related("letter__file").get(pk=covered.pk)
    assert kept.letter is not None
    assert (kept.letter.number, kept.letter.signatory, kept.letter.entered_by) == (NUMBER, SIGNATORY, clerk)
    assert bytes(kept.letter.file.content) == files.PDF
    assert kept.letter.file_id == hashlib.sha256(files.PDF).hexdigest()
    assert json.loads(kept.snapshot)["letter"] == {
        "number": NUMBER,
        "day": "2026-11-20",
        "signatory": SIGNATORY,
        "post": POST,
        "sha256": COVER.sha256,
    }
    assert invariants.broken() == {}


def test_the_journal_knows_the_letter_but_no_name(covered: Submission, draft: TopicList) -> None:
    entry = journal.history("topic_list", draft.pk).last()

    assert entry is not None
    assert entry.changes["letter"] == [None, covered.letter_id]
    assert entry.changes["letter_sha256"] == [None, COVER.sha256]
    assert SIGNATORY not in json.dumps(entry.changes, ensure_ascii=False)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_letters_say_on_what_it_rests_but_not_in_their_subject(covered: Submission, language: str) -> None:
    letters = list(Letter.objects.all())
    assert {letter.kind for letter in letters} == {"topic_list_receipt", "topic_list_submitted"}
    for letter in letters:
        letter.language = language
        text = rendering.render(letter)
        assert NUMBER in text.body
        assert SIGNATORY in text.body
        assert SIGNATORY not in text.subject


def test_without_a_letter_nothing_is_said_of_one(submitted: TopicList) -> None:
    """The control of the test above."""
    assert Submission.objects.get().letter is None
    assert json.loads(Submission.objects.get().snapshot)["letter"] is None
    for letter in Letter.objects.all():
        assert "хат:" not in rendering.render(letter).body


def test_who_may_not_submit_at_all(draft: TopicList, clerk: User, assistant: User, neighbour: User) -> None:
    for by, letter in ((clerk, None), (assistant, None), (assistant, COVER), (neighbour, COVER)):
        with pytest.raises(NotPermitted), transaction.atomic():
            topic_lists.submit(topic_list=draft, by=by, now=IN_TIME, version=draft.version, letter=letter)
    assert not SignedLetter.objects.exists()


@pytest.mark.parametrize(
    ("changes", "content", "code"),
    [
        ({"signatory": " "}, files.PDF, "letter_signatory_missing"),
        ({"day": date(2026, 11, 24)}, files.PDF, "letter_dated_ahead"),
        ({"day": date(2026, 6, 30)}, files.PDF, "letter_dated_too_early"),
        ({}, b"", "letter_file_empty"),
        ({}, files.BOMB, "letter_file_kind"),
        ({}, files.PDF[:-8] + b" " * FILE_LIMIT + files.PDF[-8:], "letter_file_too_big"),
    ],
)
def test_a_letter_that_cannot_be_kept_submits_nothing(
    draft: TopicList, clerk: User, changes: dict[str, Any], content: bytes, code: str
) -> None:
    letter = NewLetter(replace(HEAD, **changes), content)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=draft, by=clerk, now=IN_TIME, version=draft.version, letter=letter)

    assert [one.code for one in refusal.value.problems] == [code]
    assert not Submission.objects.exists()
    assert not SignedFile.objects.exists()


def test_of_two_submissions_the_second_is_told(draft: TopicList, clerk: User, officer: User) -> None:
    topic_lists.submit(topic_list=draft, by=clerk, now=IN_TIME, version=draft.version, letter=COVER)

    with pytest.raises(Stale), transaction.atomic():
        topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)

    assert Submission.objects.count() == 1


def test_a_letter_of_the_next_round_is_not_older_than_the_return(
    covered: Submission, draft: TopicList, clerk: User, authority: User
) -> None:
    lies = TopicList.objects.select_related("akimat").get(pk=draft.pk)
    reviews.return_(topic_list=lies, by=authority, now=IN_TIME, version=lies.version, comment="Нақтылаңыз")
    back = TopicList.objects.select_related("akimat").get(pk=draft.pk)
    back = topic_lists.save_draft(
        topic_list=back, draft=back.as_draft(), answer="Иә", by=clerk, now=IN_TIME, version=back.version
    )
    later = IN_TIME + timedelta(days=1)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=back, by=clerk, now=later, version=back.version, letter=COVER)
    assert [one.code for one in refusal.value.problems] == ["letter_dated_too_early"]

    fresh = NewLetter(replace(HEAD, day=date(2026, 11, 24)), files.PDF)
    topic_lists.submit(topic_list=back, by=clerk, now=later, version=back.version, letter=fresh)
    assert SignedLetter.objects.count() == 2
    assert SignedFile.objects.count() == 1


FROZEN = [
    "UPDATE calendar_app_signedletter SET signatory = 'x'",
    "DELETE FROM calendar_app_signedletter",
    "UPDATE calendar_app_signedfile SET kind = 'png'",
    "DELETE FROM calendar_app_signedfile",
    "INSERT INTO calendar_app_signedfile (sha256, kind, content) VALUES (repeat('0', 64), 'pdf', 'x')",
    (
        "INSERT INTO calendar_app_signedfile (sha256, kind, content)"
        " VALUES (encode(sha256(repeat('x', 10485761)::bytea), 'hex'), 'pdf', repeat('x', 10485761)::bytea)"
    ),
]


@pytest.mark.parametrize("statement", FROZEN)
def test_the_database_keeps_letters_as_they_are(covered: Submission, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_letter_of_another_akimat_carries_nothing(
    covered: Submission, draft: TopicList, neighbour: User, officer: User
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM calendar_app_topiclist")
        assert cursor.fetchone() == (draft.pk,)
    foreign = SignedLetter.objects.get()
    foreign.pk, foreign.body_id = None, "akimat.33"
    foreign.save()
    covered.pk, covered.number, covered.receipt_number, covered.letter = None, 2, "L-2027-H1-19-2", foreign
    with pytest.raises(IntegrityError), transaction.atomic():
        covered.save(force_insert=True)


@pytest.fixture
def noon(settings: Any, tmp_path: Any) -> None:
    """The portal's clock stands at IN_TIME."""
    from datetime import UTC, datetime

    path = tmp_path / "clock.json"
    path.write_text(json.dumps({"real": datetime.now(UTC).isoformat(), "portal": IN_TIME.isoformat()}))
    settings.CLOCK_FILE = path


def test_the_officer_submits_from_the_page_and_reads_the_receipt(
    noon: None, draft: TopicList, clerk: User, authority: User, neighbour: User
) -> None:
    client = signed_in(clerk)
    page = client.get(f"{LIST}submit/").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'name="signatory"' in page

    answer = client.post(f"{LIST}submit/", form(draft, files.ASICE))

    assert answer.headers["Location"] == f"{LIST}receipts/1/"
    receipt = client.get(answer.headers["Location"]).content.decode()
    assert SIGNATORY in receipt
    assert NUMBER in receipt
    assert hashlib.sha256(files.ASICE).hexdigest() in receipt
    for reader in (client, signed_in(authority)):
        got = reader.get(f"{LIST}receipts/1/letter/")
        assert got.content == files.ASICE
        assert got.headers["Content-Disposition"] == 'attachment; filename="L-2027-H1-19-1-signed.asice"'
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Type"] == "application/vnd.etsi.asic-e+zip"
    assert signed_in(neighbour).get(f"{LIST}receipts/1/letter/").status_code == 404


def test_a_signatory_is_not_asked_for_a_letter(draft: TopicList, officer: User) -> None:
    page = signed_in(officer).get(f"{LIST}submit/").content.decode()

    assert 'name="signatory"' not in page
    assert signed_in(officer).get(f"{LIST}receipts/1/letter/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "beside"),
    [
        ({"number": ""}, "number"),
        ({"signatory": "  "}, "signatory"),
        ({"post": "x" * 201}, "post"),
        ({"day": "2027-01-01"}, "day"),
        ({"day": "кеше"}, "day"),
        ({"day": "0026-11-20"}, "day"),
        ({"number": "1\x002"}, "number"),
        ({"file": ""}, "file"),
        ({"file": files.Paper(b"")}, "file"),
        ({"file": files.Paper(b"<html>", "hat.pdf")}, "file"),
        ({"file": files.Paper(files.BOMB, "hat.pdf")}, "file"),
        ({"file": files.Paper(files.PDF + b"\x00" * 11 * 1024 * 1024, "hat.pdf")}, "file"),
        ({"file": files.Paper(b"\x00" * 30 * 1024 * 1024, "hat.pdf")}, "file"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_are_kept(
    noon: None, draft: TopicList, clerk: User, changes: dict[str, Any], beside: str
) -> None:
    answer = signed_in(clerk).post(f"{LIST}submit/", form(draft, **changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{beside}_error"' in page or f'href="#id_{beside}"' in page
    assert NUMBER in page or beside == "number"
    assert SIGNATORY in page or beside == "signatory"
    assert not Submission.objects.exists()
    assert not SignedFile.objects.exists()


def test_the_form_sent_twice_is_one_submission(noon: None, draft: TopicList, clerk: User) -> None:
    client, sent = signed_in(clerk), form(draft)

    first, second = (client.post(f"{LIST}submit/", sent) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert SignedLetter.objects.count() == 1


def test_an_assistant_only_prepares(draft: TopicList, assistant: User) -> None:
    client: Client = signed_in(assistant)

    assert client.get(f"{LIST}edit/").status_code == 200
    assert client.get(f"{LIST}submit/").status_code == 403
    assert client.post(f"{LIST}submit/", form(draft)).status_code == 403
