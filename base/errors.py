"""What an act raises when it does not happen. Pages turn these into 403, 409 and 422."""

from __future__ import annotations

from collections.abc import Iterable

from procedure.problems import Problem


class NotPermitted(Exception):
    """The person may not do this (403)."""


class Stale(Exception):
    """Somebody changed the object since the person opened it (409)."""


class Refused(Exception):
    """The rules do not allow the act now; `problems` say why (422, beside the fields)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))
