"""The policy allows files of our own only, so no page may carry code or style inside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.transitions import rule_sets
from regions.models import Body

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
PAGES = ["/kk/", "/ru/", "/en/", "/en/login/", "/en/nowhere/"]
STAFF_PAGES = ["staff:home", "staff:board", "accounts:account", "accounts:password", "notices:letters"]


class InlineCode(HTMLParser):
    """Collects what the policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        # Data inside the page are never run: the policy does not ask about them.
        code = tag == "script" and not values.get("src") and values.get("type") != "application/ld+json"
        if tag == "style" or code:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"<{tag} {name}>")
            if name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")
            if tag in ("script", "link", "img") and name in ("src", "href") and "//" in (value or ""):
                own = values.get("rel") == "alternate"
                self.found += [] if own or value.startswith("data:") else [f"<{tag} {name}={value}>"]


TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def inline_code(page: str) -> list[str]:
    parser = InlineCode()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color: red'>",
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        "<script type='text/javascript'>alert(1)</script>",
        "<button onclick='x()'>",
        "<a href=' JavaScript:x()'>",
        "<script src='//cdn.example/x.js'></script>",
        "<link rel='stylesheet' href='https://cdn.example/x.css'>",
        "<div hx-on:click='x()'>",
    ],
)
def test_the_check_finds_what_it_is_for(page: str) -> None:
    assert inline_code(page)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_inline_code_and_each_one_compiles(name: str) -> None:
    get_template(name)
    # A tag inside a quoted attribute has quotes of its own: what is left of it would be read as attributes.
    written = TAG.sub(" x ", (ROOT / name).read_text(encoding="utf-8"))
    assert not inline_code(written)


def test_what_a_tag_surrounds_is_still_looked_at() -> None:
    assert inline_code(TAG.sub(" x ", '<a {% if one == "x" %}onclick="x()"{% endif %}>'))
    assert not inline_code(TAG.sub(" x ", '<a href="{% url "staff:home" one.pk %}">'))


def test_templates_of_the_form_package_have_none() -> None:
    import crispy_bootstrap5

    for path in (Path(crispy_bootstrap5.__file__).parent / "templates").rglob("*.html"):
        assert not inline_code(path.read_text(encoding="utf-8")), path


@pytest.fixture
def staff(db: None) -> Client:
    user = User.objects.create_user("authority", full_name="Test authority")
    body = Body.objects.get(code="authority")
    Membership.objects.create(user=user, body=body, role=Role.AUTHORITY_OFFICER, valid_from="2020-01-01")
    rule_sets.load_known(now=datetime(2023, 1, 2, 6, 0, tzinfo=UTC))
    client = Client()
    client.force_login(user)
    return client


def check(response) -> None:
    policy = response["Content-Security-Policy"]
    for part in ("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert not inline_code(response.content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_no_public_page_has_inline_code(path: str, db: None) -> None:
    check(Client().get(path))


def test_the_demonstration_is_named_on_every_side(db: None, settings) -> None:
    banner = b"Demonstration: people and events are invented"
    for path in ("/en/", "/en/login/", "/en/nowhere/"):
        assert banner in Client().get(path).content
    settings.DEMO = False
    assert banner not in Client().get("/en/").content


def test_printed_pages_keep_the_banner() -> None:
    hidden = (ROOT.parent / "static/css/print.css").read_text().split("{")[0]
    assert "demo-banner" not in hidden


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("name", STAFF_PAGES)
def test_no_staff_page_has_inline_code(name: str, language: str, staff: Client) -> None:
    with translation.override(language):
        response = staff.get(reverse(name))
    assert response.status_code == 200
    check(response)
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert 'aria-live="polite"' in page
    assert Body.objects.get(code="authority").name_kk in page or language != "kk"
    assert f'<form method="post" action="/{language}/logout/"' in page


def test_the_menu_offers_what_the_person_may_open(staff: Client) -> None:
    page = staff.get("/en/staff/").content.decode()
    assert "/en/staff/topic-lists/" in page
    assert "/admin/" not in page
