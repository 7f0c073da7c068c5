"""Who acted and on what, as the journal keeps it: text only, so that it outlives every row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person (or the portal) at the moment of an act, in the role and for the body in which it acted."""

    id: str
    label: str
    role: str = ""
    body: str = ""


@dataclass(frozen=True)
class Subject:
    """What an act was about: `kind` such as "topic_list", the row's id, a readable label, the body's code."""

    kind: str
    id: str
    label: str = ""
    body: str = ""


SYSTEM = Actor(id="system", label="Portal", role="system")
