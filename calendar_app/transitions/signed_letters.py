"""Recording a signed letter: a step of the act that rests on it, in that act's own transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from base.errors import Refused
from base.file_kinds import kind_of
from calendar_app.labels.signed_letters import LetterAct
from calendar_app.models import SignedFile, SignedLetter
from procedure.problems import Problem
from procedure.signed_letters import FILE_LIMIT, LetterHead, problems_of_letter
from regions.models import Body


@dataclass(frozen=True)
class NewLetter:
    """A letter as it is to be recorded: what it says of itself, and its file.

    Its representation holds the hash instead of the bytes, so that forms can tell letters apart by it.
    """

    head: LetterHead
    content: bytes = field(repr=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())


def record(
    *, letter: NewLetter, body: Body, act: LetterAct, since: datetime, by: User, now: datetime
) -> SignedLetter:
    """Keep letter and file for good. Raises Refused with everything that is wrong with them.

    The caller has checked who may record it. `since`: see procedure.signed_letters.problems_of_letter.
    """
    problems = problems_of_letter(letter.head, since=since, now=now) + problems_of_file(letter.content)
    kind = kind_of(letter.content)
    if problems or kind is None:
        raise Refused(problems)
    # The same file may have come before, perhaps in this very instant.
    SignedFile.objects.bulk_create(
        [SignedFile(sha256=letter.sha256, kind=kind.code, content=letter.content)], ignore_conflicts=True
    )
    head = letter.head
    return SignedLetter.objects.create(
        body=body,
        act=act,
        number=head.number.strip(),
        day=head.day,
        signatory=head.signatory.strip(),
        post=head.post.strip(),
        file_id=letter.sha256,
        received_at=head.received_at,
        entered_by=by,
        entered_at=now,
    )


def problems_of_file(content: bytes) -> list[Problem]:
    """What is wrong with the file of a letter, beside the field "file"; empty when it can be kept."""
    if not content:
        return [Problem("letter_file_empty", field="file")]
    if len(content) > FILE_LIMIT:
        return [Problem("letter_file_too_big", {"limit": FILE_LIMIT // 1024 // 1024}, "file")]
    if kind_of(content) is None:
        return [Problem("letter_file_kind", field="file")]
    return []
