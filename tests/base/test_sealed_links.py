"""Tokens of links: computed again by who has the seal, cut out of what is logged."""

from __future__ import annotations

import logging
import re

from base.log_filters import WithoutTokens
from base.sealed_links import SHAPE, digest, new_seal, token_of, without_tokens
from meetings_portal.access_log import AccessLog


def test_a_token_follows_from_its_seal_and_the_key_of_the_installation(settings: object) -> None:
    seal = new_seal()
    token = token_of(seal)

    assert re.fullmatch(SHAPE, token)
    assert token == token_of(seal) != token_of(new_seal())
    assert seal not in token
    assert re.fullmatch(r"[0-9a-f]{64}", digest(token))
    settings.SECRET_KEY = "another installation"  # type: ignore[attr-defined]
    assert token_of(seal) != token


def test_tokens_are_cut_out_of_logs(caplog: object) -> None:
    token = token_of(new_seal())
    path = f"/kk/staff/commission/reading/{token}/packet.kk.pdf"
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: %s", (path,), None)

    assert token in record.getMessage()
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "Gone: /kk/staff/commission/reading/…/packet.kk.pdf"
    assert without_tokens("/kk/staff/commission/") == "/kk/staff/commission/"


def test_the_access_log_has_no_token() -> None:
    from datetime import timedelta
    from types import SimpleNamespace

    from gunicorn.config import Config

    token = token_of(new_seal())
    path = f"/ru/staff/commission/reading/{token}/"
    answer = SimpleNamespace(status="200 OK", sent=1, response_length=1, headers=())
    asked = SimpleNamespace(headers=[("REFERER", f"https://portal.example{path}")])
    environ = {"RAW_URI": path, "PATH_INFO": path, "REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1",
               "HTTP_REFERER": f"https://portal.example{path}"}  # fmt: skip

    atoms = AccessLog(Config()).atoms(answer, asked, environ, timedelta(seconds=1))

    assert "/ru/staff/commission/reading/…/" in atoms["r"]
    assert not [name for name, value in atoms.items() if isinstance(value, str) and token in value]
