"""Where in the menu of the staff a page stands."""

from __future__ import annotations

import pytest
from django.utils import translation

from base.templatetags.staff_frame import places


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/kk/staff/", ("staff:home",)),
        ("/kk/staff/topic-lists/", ("staff:board",)),
        ("/kk/staff/topic-lists/2027-H1/akimat.19/", ("staff:board",)),
        ("/kk/staff/letters/", ("notices:letters",)),
        ("/kk/staff/letters/mine/", ("notices:letters", "notices:mine")),
        ("/kk/account/", ()),
        ("/ru/staff/", ()),
    ],
)
def test_a_page_stands_where_its_address_begins(path: str, found: tuple[str, ...]) -> None:
    with translation.override("kk"):
        assert places(path) == found


def test_each_language_has_its_own_addresses() -> None:
    for language in ("ru", "kk", "en"):
        with translation.override(language):
            assert places(f"/{language}/staff/halls/") == ("staff:halls",)
