"""The address that pages are served on: reserved early, opened late, asked whether it answers."""

from __future__ import annotations

import errno
import http.client
import socket
from collections.abc import Sequence

from meetings_portal.state import SetupError


def port_number(text: str) -> int:
    """PORT as a number; SetupError when it is none."""
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise SetupError(f"PORT is {text!r}, which is no port: choose a number from 1 to 65535.")
    return int(text)


def url_host(host: str) -> str:
    """A host as it is written in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def reserved(host: str, port: int) -> socket.socket:
    """The address, bound but not yet open to callers; SetupError in one sentence."""
    reasons = {
        errno.EADDRINUSE: f"port {port} is taken by another program: stop it, or choose another PORT.",
        errno.EACCES: f"port {port} needs more rights than this user has: choose a PORT from 1024 on.",
        errno.EADDRNOTAVAIL: f"this machine has no address {host}: choose another HOST.",
    }
    sock = None
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        sock = socket.socket(family, kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
    except OSError as error:
        if sock is not None:
            sock.close()
        raise SetupError(
            reasons.get(error.errno or 0, f"{host}:{port} cannot be used: {error.strerror}.")
        ) from error
    return sock


def listen(sock: socket.socket, port: int) -> None:
    """Open the address; another program may have done so since it was reserved."""
    try:
        sock.listen(2048)
    except OSError as error:
        raise SetupError(
            f"port {port} was taken by another program meanwhile: choose another PORT."
        ) from error


def answers(host: str, port: int, path: str, allowed: Sequence[str] = ()) -> bool:
    """Whether a page is served there (a redirect to https is an answer too); `allowed`: names it goes by."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    line = http.client.HTTPConnection(target, port, timeout=10)
    try:
        line.request("GET", path, headers={"Host": allowed[0] if allowed else f"{url_host(target)}:{port}"})
        return line.getresponse().status in (200, 301, 302)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
