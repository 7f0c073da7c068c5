"""A row of the access matrix, and short ways to write one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.permissions import Role
from tests.house.access.people import State

NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Row:
    """What every role gets from one route by one method.

    `allow` get `code` for an object of their own body, `everywhere` (some of them) for a foreign one too,
    the others of `allow` get 404 there; `deny` get `deny_code` for any object. `allow` and `deny`
    together are all roles. `objects` names a maker in tests.house.factories; with `shows` the page of an
    allowed role holds the words of the object, and no page of anybody else does. `signed_out_code` is for
    public pages that treat people without a session differently.
    """

    route: str
    method: str
    allow: frozenset[Role]
    deny: frozenset[Role] = NOBODY
    everywhere: frozenset[Role] = NOBODY
    code: int = 200
    deny_code: int = 403
    objects: str = "nothing"
    shows: bool = False
    public: bool = False
    signed_out_code: int | None = None
    before_second_factor: bool = False

    def __str__(self) -> str:
        return f"{self.route} {self.method}"

    @property
    def is_unsafe(self) -> bool:
        return self.method not in ("GET", "HEAD")

    def expected(self, role: Role, *, foreign: bool = False) -> int:
        """The status for a role, at an object of its own body or at a foreign one."""
        if role in self.deny:
            return self.deny_code
        return self.code if not foreign or role in self.everywhere else 404

    def passes(self, state: State) -> int | None:
        """The status of a request in the state that goes through; None if the state stops it."""
        if self.public:
            signed_out = state in (State.ANONYMOUS, State.DISABLED)
            return self.signed_out_code if signed_out and self.signed_out_code else self.code
        return self.code if state is State.NO_SECOND_FACTOR and self.before_second_factor else None

    def problems(self) -> list[str]:
        """What is wrong with the row itself."""
        found = [f"{self}: {role} is missing" for role in Role if role not in self.allow | self.deny]
        found += [f"{self}: {role} is allowed and denied" for role in self.allow & self.deny]
        found += [
            f"{self}: {role} reaches everywhere, but is denied" for role in self.everywhere - self.allow
        ]
        return found


def public(route: str, **codes: int) -> list[Row]:
    """Open to everybody, whoever they are: `public("public:home", GET=200)`."""
    everybody = frozenset(Role)
    return [Row(route, method, everybody, code=code, public=True) for method, code in codes.items()]


def signed_in(route: str, *, before_second_factor: bool = False, **codes: int) -> list[Row]:
    """One's own business, open to everybody who has signed in."""
    everybody = frozenset(Role)
    return [
        Row(route, method, everybody, code=code, before_second_factor=before_second_factor)
        for method, code in codes.items()
    ]


def unlisted(rows: Iterable[Row], route: str) -> list[str]:
    """Methods that a route must refuse by 405, because the matrix has no row for them."""
    listed = {row.method for row in rows if row.route == route}
    return [method for method in ("GET", "POST", "PUT", "PATCH", "DELETE") if method not in listed]
