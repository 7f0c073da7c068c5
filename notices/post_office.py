"""Handing letters to a mail server over one SMTP session, and saying what its refusals mean."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Sequence
from typing import Any, Self, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

from notices.attachments import Attachment
from notices.models import Letter
from notices.rendering import Text

# A server may look long at a message before it says yes; who hangs up earlier delivers it twice.
ACCEPTANCE_SECONDS = 30
SERVICE_CLOSES = 421


class MailError(Exception):
    """A letter did not leave. `label` is the class of the error and the SMTP code: no address, no text."""

    def __init__(self, label: str) -> None:
        self.label = label[:80]
        super().__init__(self.label)


class ServerAwayError(MailError):
    """No session with the mail server: no letter is to blame."""


class TryLaterError(MailError):
    """The server surely did not take this letter now (4xx, a connection lost before the text)."""


class RefusedError(MailError):
    """The server will never take this letter (5xx), or it cannot be addressed at all."""


class UnknownOutcomeError(MailError):
    """The connection broke after the text was given: the server may have taken it."""


class PostOffice:
    """One SMTP session for many letters; it opens again after a lost connection.

    `lost_in_a_row` counts sessions that were refused or broke since the server last answered a letter.
    """

    def __init__(self) -> None:
        self.backend = _Backend()
        self.lost_in_a_row = 0

    def __enter__(self) -> Self:
        """Open the session. Raises ServerAwayError."""
        self._connect()
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.backend.close()

    def post(self, letter: Letter, text: Text, papers: Sequence[Attachment] = ()) -> None:
        """Give the letter with its papers to the server. Raises one of the four errors above."""
        message = _message(letter, text)
        for paper in papers:
            message.attach(paper.name, paper.content, paper.content_type)
        self._connect()
        session = cast("_Session", self.backend.connection)
        session.text_given = False
        try:
            self.backend.send_messages([message])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise self._meaning(error, session) from None
        self.lost_in_a_row = 0
        if session.sock:
            session.sock.settimeout(settings.EMAIL_TIMEOUT)

    def _connect(self) -> None:
        if self.backend.connection is not None:
            return
        try:
            self.backend.open()
        except (smtplib.SMTPException, OSError) as error:
            self.lost_in_a_row += 1
            raise ServerAwayError(label_of(error)) from None

    def _meaning(self, error: Exception, session: _Session) -> MailError:
        label, code = label_of(error), code_of(error)
        if code is None or code == SERVICE_CLOSES:
            self._hang_up(session)
        else:
            self.lost_in_a_row = 0
        if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
            return RefusedError(label)  # an address or a header that mail does not allow
        if code is None:
            return UnknownOutcomeError(label) if session.text_given else TryLaterError(label)
        # A refused sender is the installation's fault, not the letter's: it can be mended meanwhile.
        permanent = code >= 500 and not isinstance(error, smtplib.SMTPSenderRefused)
        return RefusedError(label) if permanent else TryLaterError(label)

    def _hang_up(self, session: _Session) -> None:
        """Drop the connection without a farewell, which could block again."""
        session.close()
        self.backend.connection = None
        self.lost_in_a_row += 1


class _Session(smtplib.SMTP):
    """An SMTP session that remembers whether the text of a message was given."""

    text_given = False

    def send(self, s: Any) -> None:
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n") and self.sock:
            self.text_given = True
            self.sock.settimeout(ACCEPTANCE_SECONDS)
        super().send(s)


class _SecureSession(_Session, smtplib.SMTP_SSL):
    pass


class _Backend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SecureSession if self.use_ssl else _Session


def label_of(error: Exception) -> str:
    """Class and SMTP code of an error, all that is kept of it: its text may hold addresses."""
    code = code_of(error)
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"


def code_of(error: Exception) -> int | None:
    """The SMTP code of the answer, or None when there was no answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return getattr(error, "smtp_code", None)


def _message(letter: Letter, text: Text) -> EmailMessage:
    """The letter as plain text; Date is added by Django."""
    try:
        validate_email(letter.email)
    except ValidationError:
        raise RefusedError("InvalidAddress" if letter.email else "NoAddress") from None
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-ID": f"<letters.{host}>",
        "Content-Language": letter.language,
    }
    return EmailMessage(text.subject, text.body, to=[letter.email], headers=headers)
