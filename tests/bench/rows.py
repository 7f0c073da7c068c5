"""What is measured: the floor, the pages, and the acts, each with the floor it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count
from django.test import Client

from accounts.models import User
from base.clock import now, today
from calendar_app.models import PlannedMeeting, TopicList
from calendar_app.public.calendar import PAGE
from calendar_app.queries import meetings as queries
from notices.staff.letters import PER_PAGE
from procedure.half_years import HalfYear
from tests.bench import calendars, client, lists
from tests.bench.client import Ask

TWIN = "bench.html"  # a static file as long as the public home
AUTHORITY = "authority"
SAVE = "save a topic"  # the act of the page of one topic, which has an address of its own
FEW, MANY = 2, 60  # topics of a short and of a long list
PROPOSED = 20  # meetings that the full list proposes beside as many topics as the long one has
COMMENT = "Елді мекендерді атап жазыңыз. / Назовите населённые пункты."


@dataclass(frozen=True)
class Row:
    """One line of the table. `asks(n)` makes about n requests; goals are information, nobody judges.

    `floor` is the key of the row it is compared with; `most_sql` statements and `most_times` the floor's
    CPU time are what we aim at. `also` is a second row to compare with: what a signed-in person's page or
    act cannot be below, since the bare views read neither session nor person nor memberships. `after` is
    the act that has to go before this one.
    """

    key: str
    title: str
    asks: Callable[[int], Sequence[Ask]]
    floor: str = ""
    most_times: float | None = None
    most_sql: int | None = None
    also: str = ""
    after: str = ""


class Stage:
    """The people, lists and addresses of one run. `begin_round` brings fresh lists for the acts."""

    def __init__(self, port: int, *, lists_per_act: int) -> None:
        self.port, self.count = port, lists_per_act
        self.stock = lists.Stock()
        self.writer = self.stock.akimats[0].code
        self.short = self.stock.lists(1, FEW)[0]
        self.long = self.stock.lists(1, MANY)[0]
        self.full = self.stock.lists(1, MANY)[0]
        lists.propose(self.full, PROPOSED)
        calendars.publish()
        self.month = queries.in_month(PlannedMeeting.published.at(now()), today().replace(day=1)).count()
        large = PlannedMeeting.published.at(now())
        self.large_month = queries.in_month(large, date.fromisoformat(calendars.MONTH)).count()
        self.topic = f"{self.long.path}edit/topics/{lists.first_topics([self.long])[self.long.pk][0]}/"

    def begin_round(self) -> None:
        """Fresh drafts: half of the short ones will be returned, half accepted."""
        self.to_return = self.stock.lists(self.count, FEW)
        self.to_accept = self.stock.lists(self.count, FEW)
        self.to_save = self.stock.lists(min(self.count, 6), MANY)

    def person(self, name: str) -> dict[str, str]:
        """Cookies of a person of the demonstration."""
        return client.signed_in(self.port, name, settings.DEMO_PASSWORD)

    def page(self, path: str, name: str = "") -> Callable[[int], list[Ask]]:
        """The same page again and again, for everybody or for one person."""
        return lambda number: [Ask(path, self.person(name) if name else {})] * number

    def act(
        self, chosen: Callable[[], Sequence[lists.Scratch]], address: str, by: str = "", **words: str
    ) -> Callable[[int], list[Ask]]:
        """One act on each of the chosen lists, by the akimat itself or by the person named."""
        return lambda _: _forms(self, chosen(), address, by, words)


def _forms(
    stage: Stage, chosen: Sequence[lists.Scratch], address: str, by: str, words: dict[str, str]
) -> list[Ask]:
    if address == SAVE:
        return _topics(stage, chosen)
    versions = lists.versions(chosen)
    return [
        Ask(
            f"{one.path}{address}/",
            stage.person(by or one.akimat),
            lists.head(versions[one.pk]) | words,
            expected=302,
        )
        for one in chosen
    ]


def _topics(stage: Stage, chosen: Sequence[lists.Scratch]) -> list[Ask]:
    """A change of the first topic of each list."""
    firsts = lists.first_topics(chosen)
    return [
        Ask(
            f"{one.path}edit/topics/{firsts[one.pk][0]}/",
            stage.person(one.akimat),
            lists.head(firsts[one.pk][1]) | lists.topic_form(),
            expected=302,
        )
        for one in chosen
    ]


def floors(stage: Stage) -> list[Row]:
    """Bare views and a static file."""
    user = User.objects.get(username=AUTHORITY).pk
    insert = Ask(f"/bench/insert/{user}/", form={})
    return [
        Row("floor.static", "static file, WhiteNoise", stage.page(f"/static/{TWIN}")),
        Row("floor.row", "bare view, one row", stage.page("/bench/row/")),
        Row("floor.insert", "bare view, one INSERT", lambda number: [insert] * number),
        *(
            Row(f"floor.list.{count}", f"bare list, {count} rows", stage.page(f"/bench/list/{count}/"))
            for count in sorted(_counts(stage))
        ),
        Row("floor.signed_in", "empty page, signed in", stage.page("/bench/signed-in/", AUTHORITY)),
        Row("floor.frame", "empty page, staff frame", stage.page("/bench/frame/", AUTHORITY)),
    ]


def _counts(stage: Stage) -> set[int]:
    """Of how many rows the pages are that are held against a bare list."""
    return {
        FEW,
        len(stage.stock.akimats),
        PER_PAGE,
        MANY,
        MANY + PROPOSED,
        PAGE,
        stage.month,
        stage.large_month,
    }


def public(stage: Stage) -> list[Row]:
    """The public calendar of about 200 meetings and of 2,000, drawn anew each time: nothing is kept."""
    running, large = HalfYear.of(today()), calendars.PERIOD
    return [
        *_calendar(stage, "200", running, today().replace(day=1), stage.month),
        *_calendar(stage, "2000", large, date.fromisoformat(calendars.MONTH), stage.large_month),
    ]


def _calendar(stage: Stage, size: str, period: HalfYear, month: date, rows: int) -> list[Row]:
    """List, month, one meeting and file of one half-year, with the file written by hand beside it."""
    span, by_hand = f"from={period.first_day}&to={period.last_day}", f"floor.ics.{size}"
    view = f"/kk/calendar/?view=month&from={month}"
    one, file = f"/kk/meetings/{period.code}-050/", f"/kk/calendar.ics?{span}"
    return [
        _public(f"calendar.{size}", f"list of {size}", stage.page(f"/kk/calendar/?{span}"), PAGE),
        _public(f"month.{size}", f"month of {size}", stage.page(view), rows),
        Row(f"meeting.{size}", f"meeting of {size}", stage.page(one), "floor.row", 1.5, 5),
        Row(by_hand, f"by hand: file of {size}", stage.page(f"/bench/ics/{period.code}/")),
        Row(f"ics.{size}", f"file of {size}", stage.page(file), by_hand, 2, 5),
    ]


def _public(key: str, title: str, asks: Callable[[int], Sequence[Ask]], rows: int) -> Row:
    return Row(key, title, asks, f"floor.list.{rows}", most_times=1.5, most_sql=5)


def pages(stage: Stage) -> list[Row]:
    """Pages as people open them."""
    akimats, writer = len(stage.stock.akimats), stage.writer
    rounds = TopicList.objects.annotate(rounds=Count("submissions")).order_by("-rounds", "pk")[0]
    short, long = stage.short.path, stage.long.path
    return [
        Row("healthz", "/healthz", stage.page("/healthz"), "floor.row"),
        Row("home", "public home", stage.page("/kk/"), "floor.row"),
        _listing("board", "board, authority", stage.page("/kk/staff/topic-lists/", AUTHORITY), akimats),
        _listing("compliance", "board of deadlines", stage.page("/kk/staff/compliance/", AUTHORITY), akimats),
        _listing("home.authority", "staff home, authority", stage.page("/kk/staff/", AUTHORITY), akimats),
        _listing("home.akimat", "staff home, akimat", stage.page("/kk/staff/", writer), FEW),
        _listing("letters", "letters, authority", stage.page("/kk/staff/letters/", AUTHORITY), PER_PAGE),
        Row(
            "list",
            "one list",
            stage.page(rounds.get_absolute_url(), AUTHORITY),
            "floor.row",
            also="floor.frame",
        ),
        _overview("editor.short", stage.page(f"{short}edit/", writer), f"{FEW} topics", FEW),
        _overview("editor.long", stage.page(f"{long}edit/", writer), f"{MANY} topics", MANY),
        _overview(
            "editor.full",
            stage.page(f"{stage.full.path}edit/", writer),
            f"{MANY} + {PROPOSED} meetings",
            MANY + PROPOSED,
        ),
        _editor("topic.new", "page of a new topic", stage.page(f"{long}edit/topics/new/", writer)),
        _editor("topic", f"page of one of {MANY} topics", stage.page(stage.topic, writer)),
        _editor("check", "check before submitting", stage.page(f"{short}submit/", writer)),
    ]


def acts(stage: Stage) -> list[Row]:
    """Acts in the order in which the lists of a round go through them."""

    def short() -> list[lists.Scratch]:
        return [*stage.to_return, *stage.to_accept]

    sent_back = stage.act(lambda: stage.to_return, "return", AUTHORITY, comment=COMMENT)
    save_long = stage.act(lambda: stage.to_save, SAVE)
    accepted = stage.act(lambda: stage.to_accept, "accept", AUTHORITY, comment="")
    return [
        Row("save.short", f"save one of {FEW} topics", stage.act(short, SAVE), "floor.insert"),
        Row("save.long", f"save one of {MANY} topics", save_long, "floor.insert"),
        _act("submit", "submit", stage.act(short, "submit", explanation_kk="")),
        _act("return", "return", sent_back, after="submit"),
        _act("accept", "accept", accepted, after="submit"),
    ]


def _listing(key: str, title: str, asks: Callable[[int], Sequence[Ask]], rows: int) -> Row:
    return Row(key, title, asks, f"floor.list.{rows}", most_times=3, most_sql=8, also="floor.frame")


def _overview(key: str, asks: Callable[[int], Sequence[Ask]], holds: str, rows: int) -> Row:
    title = f"overview, {holds}"
    return Row(key, title, asks, f"floor.list.{rows}", most_times=3, most_sql=12, also="floor.frame")


def _editor(key: str, title: str, asks: Callable[[int], Sequence[Ask]]) -> Row:
    return Row(key, title, asks, "floor.row", most_times=4, also="floor.frame")


def _act(key: str, title: str, asks: Callable[[int], Sequence[Ask]], after: str = "") -> Row:
    also = "floor.signed_in"
    return Row(key, title, asks, "floor.insert", most_times=8, most_sql=14, also=also, after=after)


def twin_of_home() -> bytes:
    """A static file of the length of the public home."""
    return b"x" * len(Client().get("/kk/").content)
