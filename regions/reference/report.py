"""What one run of loading did, for the command's lines and for the journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts by table and effect (added, changed, closed, reopened, removed, kept)."""

    digest: str
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    mended: dict[str, int] = field(default_factory=dict)

    def count(self, table: str, **effects: int) -> None:
        """Add the effects of loading one table."""
        self.counts.setdefault(table, Counter()).update(effects)

    @property
    def changed(self) -> bool:
        """Whether the run wrote anything."""
        return any(number for effects in self.counts.values() for name, number in effects.items()
                   if name != "kept")  # fmt: skip

    def lines(self) -> list[str]:
        """One readable line per table."""
        return [
            f"{table}: " + ", ".join(f"{number} {effect}" for effect, number in effects.items() if number)
            for table, effects in self.counts.items()
            if any(effects.values())
        ]

    def as_changes(self) -> dict[str, object]:
        """For the journal: the digest of the files and what was written, without zeros."""
        written = {
            table: {effect: number for effect, number in effects.items() if number and effect != "kept"}
            for table, effects in self.counts.items()
        }
        return {"digest": self.digest, **{table: effects for table, effects in written.items() if effects}}
