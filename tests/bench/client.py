"""The load: plain keep-alive connections, requests with the cookies of people who have signed in."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.bench import counting

CONNECTIONS = 2


class BenchError(Exception):
    """Why there are no figures, in one sentence."""


@dataclass(frozen=True)
class Ask:
    """One request; `form` makes it a POST, `expected` is the status that the answer has to have."""

    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    expected: int = 200


@dataclass(frozen=True)
class Answer:
    """What came back; `statements` is the count of SQL statements when it was asked for, else 0."""

    status: int
    size: int
    seconds: float
    statements: int
    cookies: Mapping[str, str]


class Line:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, ask: Ask, *, count: bool = False) -> Answer:
        """Send and read the whole answer; BenchError for another status than the expected one."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in ask.cookies.items())}
        body = None
        if ask.form is not None:
            body = urlencode({"csrfmiddlewaretoken": ask.cookies.get("csrftoken", ""), **ask.form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if count:
            headers[counting.ASK] = "1"
        began = time.perf_counter()
        self.connection.request("GET" if body is None else "POST", ask.path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        if response.status != ask.expected:
            raise BenchError(f"{ask.path} answered {response.status} instead of {ask.expected}.")
        statements = int(response.headers.get(counting.TELL, 0))
        return Answer(response.status, len(content), seconds, statements, _cookies(response))


def _cookies(response: http.client.HTTPResponse) -> dict[str, str]:
    jar = SimpleCookie()
    for header in response.headers.get_all("Set-Cookie") or []:
        jar.load(header)
    return {name: morsel.value for name, morsel in jar.items()}


@contextmanager
def line(port: int) -> Iterator[Line]:
    """A connection for the time of the block."""
    one = Line(port)
    try:
        yield one
    finally:
        one.connection.close()


def send_all(port: int, asks: Sequence[Ask]) -> list[Answer]:
    """Send everything over the connections at once, in turns; the answers in no order."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def work(share: Sequence[Ask]) -> None:
        try:
            with line(port) as one:
                for ask in share:
                    answers.append(one.send(ask))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=[asks[i::CONNECTIONS]]) for i in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return answers


@lru_cache
def signed_in(port: int, name: str, password: str) -> dict[str, str]:
    """Cookies of the person, got by signing in on the real page."""
    with line(port) as one:
        cookies = dict(one.send(Ask("/kk/login/")).cookies)
        form = {"username": name, "password": password}
        cookies |= one.send(Ask("/kk/login/", cookies, form, expected=302)).cookies
    return cookies
