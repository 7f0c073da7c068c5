"""Links that open something without a password: the token is in the letter only, never in the database.

It is computed from a random seal and the key of this installation, so whoever writes the letter can compute
it again; what is kept to recognise it is its hash. Neither a copy of the database nor a log holds a token.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

SHAPE = r"[A-Za-z0-9_-]{43}"
# Where tokens stand in addresses: what follows is cut from every log.
MARK, FEED_MARK = "reading", "deadline-feed"
_IN_ADDRESS = re.compile(rf"(/(?:{MARK}|{FEED_MARK})/){SHAPE}")


def new_seal() -> str:
    """A random seal: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def token_of(seal: str) -> str:
    """The token of a seal: 43 letters that can stand in an address."""
    return base64.urlsafe_b64encode(salted_hmac(MARK, seal, algorithm="sha256").digest()).decode().rstrip("=")


def digest(token: str) -> str:
    """By what a token is recognised."""
    return hashlib.sha256(token.encode()).hexdigest()


def without_tokens(text: str) -> str:
    """The text with every token in an address cut out."""
    return _IN_ADDRESS.sub(r"\1…", text)
