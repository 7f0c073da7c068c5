"""Pages of imports by HTTP: bad input keeps the page, foreign imports are not there, statements stay constant."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from base import uploads
from calendar_app.models import Import, TopicList
from calendar_app.transitions import import_files
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.imports.conftest import Bring
from tests.calendar_app.imports.workbooks import ROADS, WASTE, filled

pytestmark = pytest.mark.django_db
HUB = "/ru/staff/topic-lists/2027-H1/akimat.19/import/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def sent(batch: Import, **words: Any) -> dict[str, Any]:
    return {"version": batch.version, "idempotency_key": str(uuid.uuid4()), **words}


def page_of(batch: Import) -> str:
    return f"{HUB}{batch.pk}/"


def test_files_are_uploaded_once_and_their_progress_is_shown(desk: Client, draft: TopicList) -> None:
    key, content = str(uuid.uuid4()), filled(WASTE)
    for _ in range(2):
        file = SimpleUploadedFile("a.xlsx", content)
        answer = desk.post(HUB, {"kind": "topics", "idempotency_key": key, "workbooks": [file]})
        assert answer.status_code == 302
    (batch,) = draft.imports.all()
    page = desk.get(answer["Location"]).content.decode()
    assert "Прочитано файлов: 0 из 1" in page
    assert f'href="{page_of(batch)}"' in page, "the way on without scripts"
    part = desk.get(f"{page_of(batch)}progress/")
    assert "HX-Refresh" not in part
    assert desk.post(page_of(batch), sent(batch)).status_code == 409


@pytest.mark.parametrize(
    "form", [{}, {"kind": "topics"}, {"kind": "nonsense"}, {"kind": "topics", "workbooks": "a text"}]
)
def test_a_form_without_files_is_answered_with_its_page(
    desk: Client, draft: TopicList, form: dict[str, str]
) -> None:
    answer = desk.post(HUB, {"idempotency_key": str(uuid.uuid4()), **form})
    assert answer.status_code == 422
    assert draft.imports.count() == 0


def test_a_request_larger_than_any_form_is_refused_unread(
    desk: Client, draft: TopicList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "WHOLE_REQUEST", 1000)
    form = {"kind": "topics", "idempotency_key": str(uuid.uuid4())}
    answer = desk.post(HUB, {**form, "workbooks": SimpleUploadedFile("a.xlsx", b"x" * 2000)})
    assert answer.status_code == 400
    assert draft.imports.count() == 0


def test_errors_stand_by_file_sheet_row_and_column(desk: Client, bring: Bring) -> None:
    batch = bring(("Талгар.xlsx", filled(WASTE, {**ROADS, "urgency": "вчера"})))
    page = desk.get(page_of(batch)).content.decode()
    assert "Лист «Topics», строка 3, столбец H: такой срочности нет: «вчера»" in page
    assert desk.post(page_of(batch), sent(batch)).status_code == 422


def test_a_missing_district_is_asked_for_and_what_was_ticked_is_kept(
    desk: Client, bring: Bring, draft: TopicList
) -> None:
    batch = bring(("a.xlsx", filled(WASTE, ROADS)))
    (file,) = batch.files.all()
    answer = desk.post(page_of(batch), sent(batch, **{f"take-f{file.pk}-2": "on"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Выберите район этого файла" in page
    assert f'name="take-f{file.pk}-2"' in page
    assert page.count("checked") == 1
    whole = {f"district-{file.pk}": "-", f"take-f{file.pk}-2": "on"}
    assert desk.post(page_of(batch), sent(batch, **whole)).status_code == 302
    assert [topic.title_ru for topic in draft.topics.all()][2:] == [ROADS["title_ru"]]


def test_a_stale_page_takes_nothing(desk: Client, bring: Bring, draft: TopicList) -> None:
    batch = bring(("a.xlsx", filled(WASTE)))
    (file,) = batch.files.all()
    words = {f"district-{file.pk}": "-", f"take-f{file.pk}-1": "on"}
    answer = desk.post(page_of(batch), sent(batch, **words) | {"version": batch.version - 1})
    assert answer.status_code == 409
    assert draft.topics.count() == 2


def test_files_are_added_and_removed_and_an_import_dropped(desk: Client, bring: Bring) -> None:
    batch = bring(("a.xlsx", filled(WASTE)))
    more = SimpleUploadedFile("b.xlsx", filled(ROADS))
    assert (
        desk.post(f"{page_of(batch)}files/", {"version": batch.version, "workbooks": more}).status_code == 302
    )
    assert batch.files.count() == 2
    batch.refresh_from_db()
    assert batch.state == "uploaded"
    assert desk.post(f"{page_of(batch)}drop/", {"version": batch.version}).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.files.count()) == ("dropped", 0)
    assert desk.post(f"{page_of(batch)}drop/", {"version": "x"}).status_code == 409


def test_somebody_elses_import_is_not_there(client: Client, bring: Bring, neighbour: User) -> None:
    batch = bring(("a.xlsx", filled(WASTE)))
    client.force_login(neighbour)
    assert client.get(page_of(batch)).status_code == 404
    assert client.get(page_of(batch).replace("akimat.19", "akimat.33")).status_code == 404


def test_statements_do_not_grow_with_rows_and_files(
    desk: Client, bring: Bring, draft: TopicList, officer: User
) -> None:
    counts = []
    for files in (1, 1, 3):  # the first request fills caches
        batch = bring(
            *(
                (f"{n}.xlsx", filled(*[{"title_ru": f"{n} {m} {n * m}"} for m in range(files)]))
                for n in range(files)
            )
        )
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert desk.get(page_of(batch)).status_code == 200
        counts.append(len(found))
        import_files.drop(batch=batch, by=officer, now=IN_TIME, version=batch.version)
    assert counts[1] == counts[2]


def test_a_mended_file_takes_the_place_of_the_one_of_its_name(desk: Client, bring: Bring) -> None:
    batch = bring(("a.xlsx", filled(WASTE)), ("b.xlsx", filled(ROADS)))
    first = batch.files.get(name="a.xlsx").pk
    mended = SimpleUploadedFile("a.xlsx", filled(ROADS))

    answer = desk.post(
        f"{page_of(batch)}files/", {"version": batch.version, "workbooks": mended}, follow=True
    )

    assert "заменён новым: a.xlsx" in answer.content.decode()
    assert sorted(batch.files.values_list("name", flat=True)) == ["a.xlsx", "b.xlsx"]
    assert batch.files.get(name="a.xlsx").pk != first
