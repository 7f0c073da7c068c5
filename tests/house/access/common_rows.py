"""Rows of the access matrix for pages of everybody: public ones, signing in, one's account, home and letters."""

from __future__ import annotations

from tests.house.access.groups import ADMIN, AKIMAT, AUTHORITY, COMMISSION, EVERYBODY, MINISTRY, OBSERVER
from tests.house.access.rows import NOBODY, Row, public, signed_in

COMMON = [
    # Nobody has to sign in for these.
    *public("healthz", GET=200),
    *public("readyz", GET=200),
    *public("root", GET=302),
    *public("public:home", GET=200),
    *public("public:calendar", GET=200),
    *public("public:calendar_ics", GET=200),
    *public("public:calendar_json", GET=200),
    *public("public:calendar_csv", GET=200),
    *public("public:calendar_atom", GET=200),
    *public("public:calendar_fields", GET=200),
    *public("public:results", GET=200),
    Row("public:meeting", "GET", EVERYBODY, public=True, objects="public_meeting"),
    Row("public:meeting_ics", "GET", EVERYBODY, public=True, objects="public_meeting"),
    # Signing in: whoever is signed in already is sent on.
    Row("accounts:login", "GET", EVERYBODY, code=302, public=True, signed_out_code=200),
    Row("accounts:login", "POST", EVERYBODY, code=302, public=True, objects="sign_in"),
    Row("accounts:logout", "GET", EVERYBODY, public=True, signed_out_code=302),
    Row("accounts:logout", "POST", EVERYBODY, code=302, public=True),
    Row("admin:login", "GET", EVERYBODY, code=302, public=True),
    Row("admin:login", "POST", EVERYBODY, code=302, public=True),
    # One's own account.
    *signed_in("accounts:account", GET=200),
    Row("accounts:language", "POST", EVERYBODY, code=302, before_second_factor=True, objects="language"),
    *signed_in("accounts:digest", POST=302),
    *signed_in("accounts:password", GET=200),
    Row("accounts:password", "POST", EVERYBODY, code=302, objects="password"),
    *signed_in("accounts:second_factor", GET=200),
    *signed_in("accounts:second_factor_set_up", before_second_factor=True, GET=200, POST=422),
    *signed_in("accounts:second_factor_verify", before_second_factor=True, GET=302, POST=302),
    # Without a second factor there is nothing to renew or to switch off.
    Row("accounts:recovery_codes", "POST", NOBODY, EVERYBODY),
    Row("accounts:second_factor_off", "POST", NOBODY, EVERYBODY),
    # The staff home and letters: everybody sees their own.
    *signed_in("staff:home", GET=200),
    *signed_in("notices:letters", GET=200),
    *signed_in("notices:mine", GET=200),
    *signed_in("notices:read_all", POST=302),
    # Letters of the matrix go to the makers of lists: nobody else opens them as their own notices.
    Row("notices:open", "POST", NOBODY, EVERYBODY, deny_code=404, objects="letter"),
    Row(
        "notices:letter_paper",
        "GET",
        AKIMAT | AUTHORITY | ADMIN,
        MINISTRY | COMMISSION | OBSERVER,
        everywhere=AUTHORITY | ADMIN,
        deny_code=404,
        objects="letter_with_paper",
    ),
    Row(
        "notices:letter",
        "GET",
        AKIMAT | AUTHORITY | ADMIN,
        MINISTRY | COMMISSION | OBSERVER,
        everywhere=AUTHORITY | ADMIN,
        deny_code=404,
        objects="letter",
        shows=True,
    ),
    Row(
        "notices:letter_again",
        "POST",
        AUTHORITY | ADMIN,
        EVERYBODY - AUTHORITY - ADMIN,
        everywhere=AUTHORITY | ADMIN,
        code=302,
        objects="failed_letter",
    ),
]
