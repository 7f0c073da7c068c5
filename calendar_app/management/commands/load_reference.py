"""manage.py load_reference: what the regions load, and the rule sets that the project ships.

It stands in for the command of `regions`, which knows no rule sets: settings name this app first.
"""

from __future__ import annotations

from typing import Any

from base import clock
from calendar_app.transitions import rule_sets
from regions.management.commands import load_reference


class Command(load_reference.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        added = rule_sets.load_known(now=clock.now())
        self.stdout.write(f"Rule sets: {', '.join(added)} added." if added else "Rule sets: nothing to add.")
