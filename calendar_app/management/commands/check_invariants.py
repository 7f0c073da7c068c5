"""manage.py check_invariants [--json]: does everything hold that must hold?"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from calendar_app import invariants


class Command(BaseCommand):
    help = "Check the invariants of the whole database; exit 1 and a list when one is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = invariants.broken()
        if options["json"]:
            checks = [check.__name__ for check in invariants.CHECKS]
            self.stdout.write(json.dumps({"ok": not broken, "checks": checks, "broken": broken}, indent=1))
        else:
            for name, faults in broken.items():
                self.stdout.write(f"{name}:")
                self.stdout.writelines(f"  {fault}" for fault in faults)
            self.stdout.write(f"{len(invariants.CHECKS)} checks, {len(broken)} broken")
        if broken:
            sys.exit(1)
