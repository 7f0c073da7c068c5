"""Acts of imports: a whole batch comes into the list with one journal entry, or nothing does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from audit.models import Entry
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants
from calendar_app.models import Import, ImportFile, TopicList
from calendar_app.queries import imports as queries
from calendar_app.spreadsheets.choices import Choices
from calendar_app.spreadsheets.topic_template import topic_template
from calendar_app.transitions import import_claims, import_files, imports, topic_lists
from calendar_app.transitions.import_files import Upload
from procedure.imports import FILE_BYTES_LIMIT, FILES_LIMIT
from procedure.moments import day_of
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD
from tests.calendar_app.imports.conftest import Bring
from tests.calendar_app.imports.workbooks import ROADS, SCHOOL, WASTE, filled, in_template

pytestmark = pytest.mark.django_db
DISTRICT = "Талғар ауданы"


def take(batch: Import, by: User, **words: Any) -> TopicList:
    asked = {"left_out": (), "districts": {}, "decisions": {}, "version": batch.version, **words}
    return imports.take(batch=batch, by=by, now=IN_TIME, **asked)


def titles(topic_list: TopicList) -> list[str]:
    return list(topic_list.topics.values_list("title_kk", flat=True))


def codes(batch: Import) -> list[str]:
    return [one.code for file in batch.files.all() for one in file.problems]


def test_district_files_come_in_with_one_entry(
    bring: Bring, draft: TopicList, officer: User, akimat: Body
) -> None:
    """Template out, filled in, in again: districts from the column and from the name of the file."""
    choices = Choices(akimat, day_of(IN_TIME))
    template = topic_template(akimat, PERIOD, choices)
    first, second = (choices.offered["district"][code] for code in list(choices.offered["district"])[:2])
    row = {
        **WASTE,
        "sector": "Сумен жабдықтау / Водоснабжение",
        "district": " / ".join(first),
        "urgency": "Срочный",
    }
    row["sector"] = choices.listed("sector")[3]
    row["urgency"] = choices.listed("urgency")[1]
    row["ministry"] = choices.listed("ministry")[2]
    batch = bring(
        ("a.xlsx", in_template(template, [row])), (f"{second[1]}.xlsx", in_template(template, [ROADS]))
    )
    assert (batch.state, codes(batch)) == ("read", [])
    one, other = batch.files.all()
    assert (one.lacks_district, other.lacks_district) == (False, True)
    assert other.district
    assert other.district.name_ru == second[1]
    before = Entry.objects.count()

    take(batch, officer, districts={other.pk: other.district_id})

    assert Entry.objects.count() == before + 1
    added = list(draft.topics.select_related("district"))[2:]
    assert [(topic.title_ru, topic.district.name_kk) for topic in added if topic.district] == [
        (WASTE["title_ru"], first[0]),
        (ROADS["title_ru"], second[0]),
    ]
    assert added[0].sector == list(choices.offered["sector"])[3]
    assert (added[0].urgency, added[0].ministry_id) == ("urgent", list(choices.offered["ministry"])[2])
    entry = Entry.objects.latest("pk")
    assert entry.act == "topic_list.import"
    assert (entry.changes["added"], entry.changes["files"]) == ([0, 2], [0, 2])
    assert WASTE["title_ru"] not in str(entry.changes)


def test_one_bad_file_holds_the_whole_batch_back_until_it_is_mended(
    bring: Bring, draft: TopicList, officer: User
) -> None:
    bad = filled({**ROADS, "district": "Атлантида", "sector": "Магия"}, {"text_kk": "атауы жоқ"})
    batch = bring(("a.xlsx", filled(WASTE)), ("b.xlsx", bad))
    assert (batch.state, sorted(codes(batch))) == (
        "failed",
        ["row_without_title", "unknown_district", "unknown_sector"],
    )
    places = {
        one.code: (one.params["row"], one.params["column"])
        for file in batch.files.all()
        for one in file.problems
    }
    assert (places["unknown_district"], places["unknown_sector"]) == ((2, "F"), (2, "E"))
    with pytest.raises(Stale):
        take(batch, officer)
    assert draft.topics.count() == 2

    import_files.remove_file(
        batch=batch, file=batch.files.all()[1], by=officer, now=IN_TIME, version=batch.version
    )
    batch.refresh_from_db()
    import_files_read(batch)
    take(batch, officer)
    assert titles(draft)[2:] == [WASTE["title_kk"]]


def import_files_read(batch: Import) -> None:
    from calendar_app.spreadsheets import import_runs

    import_runs.read_waiting(on=day_of(IN_TIME))
    batch.refresh_from_db()


def test_look_alikes_are_decided_joined_or_kept(bring: Bring, draft: TopicList, officer: User) -> None:
    again = {"title_kk": "Ауыз су  сапасы!", "text_kk": "Бес ауылда су жоқ"}
    batch = bring(("a.xlsx", filled(again, SCHOOL)), ("b.xlsx", filled(SCHOOL)))
    topics = queries.read_topics(batch.files.all())
    groups = queries.alike(queries.known_topics(draft.topics.all()), topics)
    assert [len(group.members) for group in groups] == [2, 2]
    with pytest.raises(Refused) as refusal:
        take(batch, officer)
    assert {one.code for one in refusal.value.problems} == {"look_alikes_undecided"}
    assert draft.topics.count() == 2

    take(batch, officer, decisions={groups[0].key: "join", groups[1].key: groups[1].members[1]})

    assert titles(draft) == ["Ауыз су сапасы", "Мектеп құрылысы", SCHOOL["title_kk"]]
    assert draft.topics.all()[0].text_kk == "Төрт ауылда су жоқ\nБес ауылда су жоқ"


def test_left_out_topics_stay_out_and_nothing_chosen_is_refused(
    bring: Bring, draft: TopicList, officer: User
) -> None:
    batch = bring(("a.xlsx", filled(WASTE, ROADS)))
    keys = [one.key for one in queries.read_topics(batch.files.all())]
    with pytest.raises(Refused):
        take(batch, officer, left_out=keys)
    take(batch, officer, left_out=keys[:1])
    assert titles(draft)[2:] == [ROADS["title_kk"]]


def test_what_is_settled_keeps_nothing(bring: Bring, draft: TopicList, officer: User) -> None:
    taken, dropped = bring(("a.xlsx", filled(WASTE))), bring(("b.xlsx", filled(ROADS)))
    assert ImportFile.objects.exclude(content=None).count() == 0, "bytes go as soon as they were read"
    assert ImportFile.objects.count() == 2
    take(taken, officer)
    import_files.drop(batch=dropped, by=officer, now=IN_TIME, version=dropped.version)
    assert ImportFile.objects.count() == 0
    assert set(Import.objects.values_list("state", flat=True)) == {"taken", "dropped"}
    with pytest.raises(Stale):
        take(taken, officer, version=taken.version + 1)
    assert not invariants.broken()


def test_a_foreign_person_a_submitted_list_and_forged_districts_are_refused(
    bring: Bring, draft: TopicList, officer: User, neighbour: User
) -> None:
    batch = bring(("a.xlsx", filled(WASTE)))
    with pytest.raises(NotPermitted):
        take(batch, neighbour)
    (file,) = batch.files.all()
    with pytest.raises(Refused) as refusal:
        take(batch, officer, districts={file.pk: "331000000"})
    assert [one.code for one in refusal.value.problems] == ["district_of_another_region"]
    draft.refresh_from_db()
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    with pytest.raises(Refused):
        take(batch, officer)
    import_files.drop(batch=batch, by=officer, now=IN_TIME, version=batch.version)


def test_too_many_or_too_large_files(draft: TopicList, officer: User) -> None:
    one = Upload("a.xlsx", 1, b"x")
    for files in ([], [one] * (FILES_LIMIT + 1)):
        with pytest.raises(Refused):
            import_files.upload(topic_list=draft, kind="topics", files=files, by=officer, now=IN_TIME)
    large = Upload("large.xlsx", FILE_BYTES_LIMIT + 1)
    batch = import_files.upload(topic_list=draft, kind="topics", files=[large, one], by=officer, now=IN_TIME)
    import_files_read(batch)
    assert sorted(codes(batch)) == ["file_is_text", "file_too_large"]


def test_a_dead_worker_loses_nothing_and_a_deadly_file_is_given_up(draft: TopicList, officer: User) -> None:
    upload = Upload("a.xlsx", 1, filled(WASTE))
    batch = import_files.upload(topic_list=draft, kind="topics", files=[upload], by=officer, now=IN_TIME)
    for _ in range(import_claims.MAX_ATTEMPTS):
        assert import_claims.claim_next() is not None
        assert import_claims.claim_next() is None
        assert import_claims.recover_abandoned() == 0, "the lease holds"
        assert import_claims.recover_abandoned(timedelta(seconds=-1)) == 1
    batch.refresh_from_db()
    assert (batch.state, codes(batch)) == ("failed", ["file_too_heavy"])


def test_a_worker_that_wakes_up_late_changes_nothing(draft: TopicList, officer: User) -> None:
    upload = Upload("a.xlsx", 1, filled(WASTE))
    batch = import_files.upload(topic_list=draft, kind="topics", files=[upload], by=officer, now=IN_TIME)
    late = import_claims.claim_next()
    assert late
    import_claims.recover_abandoned(timedelta(seconds=-1))
    import_files_read(batch)
    assert not import_claims.keep_file(late, late.files.all()[0], rows=[], problems=[])
    assert not import_claims.close(late)
    assert (batch.state, len(batch.files.all()[0].rows)) == ("read", 1)


def test_what_nobody_decided_is_forgotten(bring: Bring) -> None:
    bring(("a.xlsx", filled(WASTE)))
    assert import_claims.forget_unsettled(IN_TIME + timedelta(days=29)) == 0
    assert import_claims.forget_unsettled(IN_TIME + timedelta(days=31)) == 1
    assert ImportFile.objects.count() == 0
