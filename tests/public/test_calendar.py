"""The public calendar: what it shows and in which order, filters, months, the past, and purity of the answers."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.public import open_data
from calendar_app.queries import meetings as queries
from calendar_app.queries import published
from procedure.moments import day_of
from regions.models import Person, TermOfOffice
from tests.public import reading
from tests.public.conftest import Stage

ATOM = "{http://www.w3.org/2005/Atom}"
# Statements of an answer, whatever the number of meetings.
MOST_QUERIES = 5


def numbers_on(path: str) -> list[str]:
    """The meetings that a page leads to, in its order."""
    answer = reading.read(path)
    assert answer.status_code == 200, path
    found = re.findall(r"/meetings/(\d{4}-H[12]-\d+)/\"", answer.content.decode())
    return list(dict.fromkeys(found))


def test_coming_meetings_come_first_and_nothing_is_missing(stage: Stage) -> None:
    pages = [numbers_on(f"/ru/calendar/?page={page}") for page in (1, 2, 3, 4)]
    shown = [number for page in pages for number in page]

    rows = {one.number: one for one in published.rows(queries.shown(stage.now))}
    assert sorted(shown) == sorted(rows)
    today = day_of(stage.now)
    days = [day_of(rows[number].starts) for number in shown]
    coming = [day for day in days if day >= today]
    assert days[: len(coming)] == sorted(coming)
    assert days[len(coming) :] == sorted(days[len(coming) :], reverse=True)
    assert 0 < len(coming) < len(days)
    assert reading.read("/ru/calendar/?page=5").status_code == 400


@pytest.mark.parametrize("view", ["calendar/?", "calendar.json?", "calendar.csv?", "calendar.ics?"])
def test_filters_narrow_every_format_alike(stage: Stage, view: str) -> None:
    rows = published.rows(queries.shown(stage.now))
    one = rows[3]
    day = day_of(one.starts)
    asked = {
        f"region={one.region}": {row.number for row in rows if row.region == one.region},
        f"body={one.guests[0].body}": {
            row.number for row in rows if one.guests[0].body in [guest.body for guest in row.guests]
        },
        f"from={day}&to={day}": {row.number for row in rows if day_of(row.starts) == day},
        "mode=online": {row.number for row in rows if row.mode == "online"},
        f"region={one.region}&mode={one.mode}": {
            row.number for row in rows if (row.region, row.mode) == (one.region, one.mode)
        },
    }
    for query, expected in asked.items():
        text = reading.words(reading.read(f"/kk/{view}{query}"))
        found = set(re.findall(r"\d{4}-H[12]-\d{3}", text))
        assert found == expected or (view.startswith("calendar/") and len(expected) > 50), query
        assert 0 < len(expected) < len(rows)


def test_words_are_found_however_they_are_spelled(stage: Stage) -> None:
    for language, word in (("ru", "дорог"), ("kk", "ЖОЛДАР"), ("ru", "здравоохранения"), ("kk", "костанай")):
        assert numbers_on(f"/{language}/calendar/?q={word}"), word
    assert numbers_on("/ru/calendar/?q=нетничегоподобного") == []


@pytest.mark.parametrize(
    "query",
    ["from=2026-02-31", "to=x", "region=999", "body=ministry.nobody", "mode=dance", "as_of=2999-01-01", "page=0",
     "page=x", "view=year", "from=2027-02-01&to=2027-01-01", "q=%00", "q=" + "x" * 201, "as_of=31.12.2026"],
)  # fmt: skip
def test_a_broken_filter_is_said_in_a_sentence(stage: Stage, query: str) -> None:
    for address in ("calendar/", *reading.FEEDS):
        answer = reading.read(f"/ru/{address}?{query}")
        assert answer.status_code == 400
        assert "Этот календарь показать нельзя" in answer.content.decode()
        assert not answer.has_header("ETag")


def test_a_month_shows_each_of_its_meetings_once_on_its_day(stage: Stage) -> None:
    rows = published.rows(queries.shown(stage.now))
    for month in sorted({day_of(row.starts).replace(day=1) for row in rows}):
        expected = {row.number for row in rows if day_of(row.starts).replace(day=1) == month}
        shown = numbers_on(f"/kk/calendar/?view=month&from={month + timedelta(days=14)}")
        assert set(shown) == expected, month
    assert numbers_on("/kk/calendar/?view=month&from=2030-02-01") == []
    for edge in ("0001-01-01", "1899-12-31", "9999-12-31"):
        assert reading.read(f"/kk/calendar/?view=month&from={edge}").status_code == 400
        assert reading.read(f"/kk/calendar/?to={edge}").status_code == 400


def test_the_calendar_as_known_on_a_day(stage: Stage) -> None:
    second = stage.in_force
    assert second.based_on is not None
    day = day_of(second.in_force_from)
    [gone] = PlannedMeeting.objects.filter(version=second, cancelled=True).select_related("meeting")

    def status(query: str) -> str:
        found = json.loads(reading.read(f"/kk/calendar.json{query}").content)["meetings"]
        return {one["number"]: one["status"] for one in found}[gone.number]

    assert status("") == status(f"?as_of={day}") == "cancelled"
    assert status(f"?as_of={day - timedelta(days=1)}") == "planned"
    before = day_of(second.based_on.in_force_from) - timedelta(days=1)
    assert json.loads(reading.read(f"/kk/calendar.json?as_of={before}").content) == {"meetings": []}
    assert "Прежнее состояние" in reading.words(reading.read(f"/ru/calendar/?as_of={before}"))
    assert reading.read(f"/kk/calendar/?as_of={day_of(stage.now) + timedelta(days=1)}").status_code == 400
    assert reading.read(f"/kk/calendar/?as_of={day_of(stage.now)}").status_code == 200


def test_answers_are_the_same_for_everybody(stage: Stage) -> None:
    number = stage.coming(1)[0]
    signed_in = Client()
    signed_in.force_login(stage.person("authority"))
    for name, value in (("csrftoken", "x"), ("language", "en"), ("messages", "x")):
        signed_in.cookies[name] = value
    for path in reading.addresses(number, "view=month", "q=су", languages=("ru",)):
        mine, anybodys = signed_in.get(path), reading.read(path)
        assert mine.content == anybodys.content, path
        assert not anybodys.cookies
        assert not mine.cookies
        assert "Cookie" not in anybodys.get("Vary", "")
        assert "csrf" not in anybodys.content.decode().lower()
        assert "max-age" in anybodys["Cache-Control"]


def test_what_is_known_is_not_sent_again(stage: Stage) -> None:
    number = stage.coming(1)[0]
    for path in reading.addresses(number, languages=("kk",)):
        first = reading.read(path)
        etag = first["ETag"]
        assert etag.startswith('"')
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = reading.read(path, **{"if-none-match": known})
            assert (again.status_code, again.content) == (304, b""), (path, known)
            assert again["ETag"] == etag
        assert reading.read(path, **{"if-none-match": '"other"'}).status_code == 200
    for path in (*reading.FEEDS, "calendar/", f"meetings/{number}/", f"meetings/{number}.ics"):
        assert reading.read(f"/kk/{path}").has_header("Last-Modified"), path


def test_a_new_head_changes_the_pages_and_their_etags(stage: Stage) -> None:
    """A name is looked up by the day: no new version, but another answer."""
    number = stage.coming(1)[0]
    before = reading.read(f"/ru/meetings/{number}/")
    post = stage.planned(number).attendance.order_by("position")[0].post
    term = TermOfOffice.objects.get(post=post)
    term.person = Person.objects.create(name_kk="Демо басшы 99", name_ru="Демо-руководитель 99")
    term.save()
    after = reading.read(f"/ru/meetings/{number}/", **{"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Демо-руководитель 99" in reading.words(after)


def test_the_number_of_queries_is_constant(stage: Stage) -> None:
    number = stage.coming(1)[0]
    empty = "q=нетничегоподобного"
    for path in ("calendar/", "calendar/?view=month", *reading.FEEDS, f"meetings/{number}/", ""):
        assert queries_of(f"/kk/{path}") <= MOST_QUERIES, path
        query = "&" if "?" in path else "?"
        if "calendar" in path:
            assert queries_of(f"/kk/{path}{query}{empty}") <= queries_of(f"/kk/{path}"), path


def atom(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - our own


def queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert reading.read(path).status_code == 200
    return len(found)


def test_json_and_csv_say_the_same_under_the_names_of_the_table(stage: Stage) -> None:
    records = json.loads(reading.read("/kk/calendar.json").content)["meetings"]
    text = reading.read("/kk/calendar.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    names = [field.name for field in open_data.FIELDS]
    assert list(rows[0]) == list(records[0]) == names
    assert len(rows) == len(records) > 180
    for row, record in zip(rows, records, strict=True):
        assert row["number"] == record["number"]
        assert row["bodies"].split() == record["bodies"]
        assert row["who_ru"] == record["who_ru"]
        # The one telephone begins with a sign that spreadsheets calculate with.
        assert row["phone"].removeprefix("'") == record["phone"]
    table = reading.words(reading.read("/kk/calendar/fields/"))
    assert all(f"<code>{name}</code>" in table for name in names)
    empty = reading.read("/kk/calendar.csv?q=нетничегоподобного").content.decode("utf-8-sig")
    assert empty.strip().split(",") == names


def test_formulas_are_made_plain() -> None:
    assert [open_data._cell(text) for text in ("=1+1", "+7", "-1", "@x", "a", True, None, ["a", "b"])] == [
        "'=1+1", "'+7", "'-1", "'@x", "a", "true", None, "a b",
    ]  # fmt: skip


def test_the_feed_of_versions_has_each_publication(stage: Stage) -> None:
    feed = atom(reading.read("/ru/calendar.atom").content)
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert [title[-8:] for title in titles] == ["версия 2", "версия 1"]
    assert "Отменено: 1" in (entries[0].findtext(f"{ATOM}summary") or "")
    link = entries[1].find(f"{ATOM}link")
    assert link is not None
    path = "/" + link.attrib["href"].split("/", 3)[3]
    assert len(numbers_on(path)) == 50
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    early = f"/ru/calendar.atom?as_of={day_of(stage.in_force.in_force_from) - timedelta(days=1)}"
    assert len(atom(reading.read(early).content).findall(f"{ATOM}entry")) == 1
    nothing = atom(reading.read("/ru/calendar.atom?mode=online&q=zzz").content)
    assert nothing.findall(f"{ATOM}entry") == []


def test_a_meeting_says_what_an_announcement_says(stage: Stage) -> None:
    rows = published.rows(queries.shown(stage.now))
    row = next(one for one in rows if one.hall_kk and one.mode == "hybrid")
    text = reading.words(reading.read(f"/ru/meetings/{row.number}/"))
    for said in (
        row.subject_ru, row.who("ru"), row.locality("ru"), row.venue("ru"), row.phone, row.online_url, row.number,
        "Вход свободный, запись не требуется", "не менее трёх четвертей времени", "eOtinish",
        "Итоги будут опубликованы не позднее", "На казахском и русском языках",
    ):  # fmt: skip
        assert said in text, said


def test_the_structured_data_of_a_meeting(stage: Stage) -> None:
    for row in published.rows(queries.shown(stage.now))[:40]:
        page = reading.read(f"/en/meetings/{row.number}/").content.decode()
        [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        event = json.loads(text)
        assert (event["@type"], event["identifier"]) == ("Event", row.number)
        assert event["startDate"].endswith("+05:00")
        assert event["eventStatus"].endswith("Cancelled") == row.cancelled
        kinds = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}
        assert kinds[row.mode] in event["eventAttendanceMode"]


def test_structured_data_cannot_end_its_element(stage: Stage) -> None:
    number = stage.coming(1)[0]
    row = published.rows(queries.shown(stage.now).filter(meeting__number=number))[0]
    from calendar_app.public.structured_data import event_script

    script = event_script(row._replace(subject_ru="</script><script>alert(1)</script>&"), "ru")
    assert script.count("<") == 2
    assert json.loads(script.partition(">")[2].rpartition("<")[0])["name"].startswith("</script>")


def test_the_home_page_shows_the_next_meetings(stage: Stage) -> None:
    rows = published.rows(queries.shown(stage.now, {"from": day_of(stage.now)}))
    coming = [row.number for row in rows if not row.cancelled]
    assert numbers_on("/kk/") == coming[:5]


def test_nothing_is_shown_before_the_first_publication(db: None) -> None:
    assert not CalendarVersion.objects.exists()
    for path in reading.addresses("2026-H2-001"):
        assert reading.read(path).status_code == (404 if "/meetings/" in path else 200), path
    assert "2026-H2" not in reading.words(reading.read("/kk/calendar/"))
