"""Personal links: open without a password for one person, expire, are replaced, stand in no log."""

from __future__ import annotations

import logging.config
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from psycopg.sql import SQL, Identifier

from accounts.models import Membership, User
from audit.models import Entry
from base import clock
from calendar_app.models import ReadingLink, Session
from calendar_app.transitions import commission
from notices import rendering
from notices.models import Letter
from procedure.moments import ALMATY
from tests.calendar_app import commission_play as play


@pytest.fixture
def people(person: Callable[..., User]) -> play.Cast:
    return play.cast(person)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Set the portal's clock as pages read it."""

    def stand(moment: object) -> None:
        monkeypatch.setattr("calendar_app.staff.commission.reading.now", lambda: moment)

    stand(play.NOW)
    return stand


@pytest.fixture
def session(people: play.Cast, at: object) -> Session:
    version = play.submitted(people, play.working(people, people.draft()))
    by = people.secretary
    made = commission.plan(version=version, kind="session", held_at=play.HELD, by=by, now=play.NOW)
    return commission.send_materials(session=made, by=by, now=play.NOW, revision=made.revision)


def path_of(member: User) -> str:
    """The address in the latest letter to the member."""
    letter = Letter.objects.filter(kind="session_materials", user=member).latest("pk")
    found = re.search(
        r"https?://[^/]+(/\w\w/staff/commission/reading/[\w-]+/)", rendering.render(letter).body
    )
    assert found
    return found[1]


def opened(client: Client, path: str) -> None:
    assert b"<form" in client.get(path).content
    assert client.post(path).status_code == 302


def test_a_member_reads_without_a_password(people: play.Cast, session: Session) -> None:
    path, client = path_of(people.members[0]), Client()

    assert "Ауыз су" not in client.get(path).content.decode()
    opened(client, path)

    page = client.get(path)
    assert page.status_code == 200
    assert "packet.kk.pdf" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
    packet = client.get(f"{path}packet.ru.pdf")
    assert packet.content.startswith(b"%PDF")
    assert client.post(f"/kk/staff/commission/{session.pk}/vote/").status_code == 302  # to the sign-in
    uses = Entry.objects.filter(act="session.read_materials")
    assert [one.changes for one in uses.order_by("number")] == [{}, {"file": "packet.ru.pdf"}]
    names = {
        people.members[0].username,
        str(people.members[0]),
        people.members[0].email,
        str(people.members[0].pk),
    }
    assert not [one for one in uses if names & {one.actor_id, one.actor_label, one.note}]


def test_a_mail_program_that_looks_at_the_link_opens_nothing(people: play.Cast, session: Session) -> None:
    path = path_of(people.members[0])

    Client().get(path)
    Client().head(path)

    assert not ReadingLink.objects.exclude(browsers=[]).exists()
    assert not Entry.objects.filter(act="session.read_materials").exists()


def test_a_forwarded_link_opens_nothing_more(people: play.Cast, session: Session) -> None:
    """Two browsers are one person's; the third, and anybody else who is signed in, is told so."""
    path = path_of(people.members[0])
    telephone, computer, stranger, colleague = (Client() for _ in range(4))
    colleague.force_login(people.members[1])
    answer = colleague.post(path)
    assert answer.status_code == 403
    for client in (telephone, computer):
        opened(client, path)
    answer = stranger.post(path)
    assert answer.status_code == 403
    assert "ашылмайды" in answer.content.decode()
    assert b"<form" in stranger.get(path).content
    assert telephone.get(path).status_code == 200
    refused = Entry.objects.filter(act="session.read_materials", changes__refused="reading_link_personal")
    assert refused.count() == 2


def test_an_expired_link_says_so(people: play.Cast, session: Session, at: Callable[[object], None]) -> None:
    path, client = path_of(people.members[0]), Client()
    opened(client, path)
    [link] = ReadingLink.objects.filter(member=people.members[0])
    at(link.expires_at - timedelta(microseconds=1))
    assert client.get(path).status_code == 200

    at(link.expires_at)

    for address in (path, f"{path}packet.kk.pdf"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "мерзімі өтті" in answer.content.decode()
        assert "2027-H1" not in answer.content.decode()
    assert Client().post(path).status_code == 410


def test_a_new_link_takes_the_place_of_the_one_before(people: play.Cast, session: Session) -> None:
    member, client = people.members[0], Client()
    old = path_of(member)
    opened(client, old)
    commission.send_link_again(
        session=session, member=member.pk, by=people.secretary, now=play.NOW, revision=session.revision
    )

    assert client.get(old).status_code == 410
    new = path_of(member)
    assert new != old
    opened(Client(), new)


def test_after_the_session_the_link_opens_nothing(people: play.Cast, session: Session) -> None:
    path, client = path_of(people.members[0]), Client()
    opened(client, path)
    words = {"by": people.secretary, "now": play.NOW, "revision": session.revision}
    commission.cancel(session=session, reasons="Кейін", **words)

    assert client.get(path).status_code == 410


def test_a_link_ends_with_the_membership_of_its_member(people: play.Cast, session: Session) -> None:
    gone, barred, stays = people.members[:3]
    clients = {}
    for member in (gone, barred, stays):
        clients[member.pk] = Client()
        opened(clients[member.pk], path_of(member))
    before = play.NOW.astimezone(ALMATY).date() - timedelta(days=1)
    Membership.objects.filter(user=gone).update(valid_to=before)
    User.objects.filter(pk=barred.pk).update(is_active=False)

    for member in (gone, barred):
        for client in (clients[member.pk], Client()):
            for answer in (client.get(path_of(member)), client.post(path_of(member))):
                assert answer.status_code == 410
                assert "Комиссия мүшелері" in answer.content.decode()
    assert clients[stays.pk].get(path_of(stays)).status_code == 200


def test_a_link_that_nobody_made_is_404(portal: None) -> None:
    answer = Client().get(f"/ru/staff/commission/reading/{'x' * 43}/")
    assert answer.status_code == 404
    assert "Такой ссылки нет" in answer.content.decode()
    assert Client().get("/ru/staff/commission/reading/short/").status_code == 404


def test_the_token_is_in_the_letter_only(people: play.Cast, session: Session) -> None:
    token = path_of(people.members[0]).split("/")[-2]

    assert len(token) == 43
    assert list(_rows_with(token)) == []
    # The control: the seal of the same letter stands in its row.
    seal = Letter.objects.filter(kind="session_materials").earliest("pk").context["seal"]
    assert "notices_letter" in list(_rows_with(seal))


def _rows_with(text: str) -> Iterator[str]:
    """Tables that hold the text anywhere."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            question = SQL("SELECT count(*) FROM {} t WHERE t::text LIKE %s").format(Identifier(table))
            cursor.execute(question, [f"%{text}%"])
            if cursor.fetchone()[0]:
                yield table


def test_no_log_has_the_token(
    people: play.Cast, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    """The handlers of the settings write to the error channel: what they say of a refused link is looked at."""
    from django.conf import settings

    path = path_of(people.members[0])
    logging.config.dictConfig(settings.LOGGING)
    Client().get(path.replace(path.split("/")[-2], "y" * 43))

    said = capsys.readouterr().err
    assert "/reading/…/" in said
    assert "y" * 43 not in said


def test_a_made_link_stays_as_it_was(people: play.Cast, session: Session) -> None:
    links = ReadingLink.objects.filter(member=people.members[0])
    for change in (
        {"expires_at": play.HELD + timedelta(days=99)},
        {"token_sha256": "0" * 64},
        {"member": people.members[1]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            links.update(**change)
    links.update(replaced_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        links.update(replaced_at=None)
