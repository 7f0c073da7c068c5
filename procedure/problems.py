"""What a rule returns when something is wrong: a code and its parameters, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, eq=True)
class Problem:
    """One thing that is wrong, to be put into words elsewhere.

    code    a stable name such as "missing_title"
    params  values for the sentence; read-only
    field   the place in the input, such as "topics.2.title_ru"; empty for the whole
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __hash__(self) -> int:
        # Parameters may hold lists; equal problems still have equal hashes without them.
        return hash((self.code, self.field))

    def __reduce__(self) -> tuple[object, ...]:
        # A read-only mapping cannot be pickled or copied, the plain one can.
        return (Problem, (self.code, dict(self.params), self.field))


@dataclass(frozen=True, eq=True)
class Step:
    """One step of an explanation: how a date came about, as data that wording can translate."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __hash__(self) -> int:
        return hash(self.code)

    def __reduce__(self) -> tuple[object, ...]:
        return (Step, (self.code, dict(self.params)))
