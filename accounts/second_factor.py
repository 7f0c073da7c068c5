"""The second factor: an authenticator app (TOTP, RFC 6238) and ten recovery codes.

django-otp keeps devices, refuses a code that was used before, and slows down guessing; everything here
uses the real clock. Recovery codes are kept as fingerprints, never in plain.
"""

from __future__ import annotations

import secrets
import time
from base64 import b32encode
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import django_otp
import segno
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

if TYPE_CHECKING:
    from accounts.models import User

ISSUER = "Meetings portal"
RECOVERY_CODES = 10
# Without i, l, o, 0 and 1, which are misread from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class TooManyCodesError(Exception):
    """So many wrong codes that none is looked at for `wait` seconds."""

    def __init__(self, locked_until: datetime) -> None:
        self.wait = max(1, ceil((locked_until - timezone.now()).total_seconds()))
        super().__init__(self.wait)


def is_on(user: User) -> bool:
    """Whether the person has a working authenticator app."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def new_key() -> str:
    """A fresh secret: 20 random bytes, in hexadecimal."""
    return random_hex(20)


def readable_key(key: str) -> str:
    """The secret as apps take it when it is typed: Base32 in groups of four."""
    text = b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def app_address(user: User, key: str) -> str:
    """The otpauth:// address of the secret, as the QR code holds it."""
    label = quote(f"{ISSUER}:{user.username}")
    query = urlencode({"secret": readable_key(key).replace(" ", ""), "issuer": ISSUER}, quote_via=quote)
    return f"otpauth://totp/{label}?{query}"


def qr_image(address: str) -> str:
    """A data: address of an SVG image with the QR code."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def take_key(user: User, key: str, code: str) -> TOTPDevice | None:
    """The device made from the secret, if the code shows that the app has it; None otherwise."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time()
    if not (is_app_code(code) and totp.verify(int(code), tolerance=1)):
        return None
    return TOTPDevice.objects.create(
        user=user, key=key, name="app", confirmed=True, drift=totp.drift, last_t=totp.t()
    )


def is_app_code(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdecimal()


def verify(user: User, code: str) -> Device | None:
    """The device that takes the code: six digits from the app, anything else is a recovery code.

    A code is taken once. Raises TooManyCodesError while guessing is slowed down.
    """
    if is_app_code(code):
        device: Device | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
        token = code
    else:
        device = StaticDevice.objects.filter(user=user, confirmed=True).first()
        token = _fingerprint(code)
    if device is None:
        return None
    allowed, why = device.verify_is_allowed()
    if not allowed:
        raise TooManyCodesError(why["locked_until"])
    return django_otp.verify_token(user, device.persistent_id, token)


def issue_recovery_codes(user: User) -> list[str]:
    """Ten new codes, the only time they are seen; earlier ones stop working."""
    device, _ = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_fingerprint(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def remove(user: User) -> None:
    """Forget the app and the recovery codes."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _fingerprint(code: str) -> str:
    """16 characters that give a code away only to somebody who also has the signing key."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    return b32encode(salted_hmac("accounts.recovery_code", plain, algorithm="sha256").digest())[:16].decode()
