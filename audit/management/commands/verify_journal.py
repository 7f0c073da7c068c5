"""`manage.py verify_journal [--json]`: does the journal's chain hold? Exit 1 when it does not."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import heads
from audit.verification import Verdict, verify
from base import clock


class Command(BaseCommand):
    help = "Recompute the journal's hash chain and name the first bad entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print a JSON object")
        parser.add_argument("--heads", type=Path, help="a file of signed notes to compare with")
        parser.add_argument("--keep-head", action="store_true", help="add a note there when all is well")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["heads"]
        if options["keep_head"] and path is None:
            raise CommandError("--keep-head needs --heads FILE.")
        try:
            known = heads.read(path) if path and path.exists() else []
        except heads.ForgedNoteError as error:
            raise CommandError(f"{error}.") from error
        verdict = verify(known)
        self.stdout.write(json.dumps(verdict.as_json()) if options["json"] else _sentence(verdict))
        if not verdict.ok:
            sys.exit(1)
        if path and options["keep_head"]:
            heads.keep(path, verdict, clock.now())


def _sentence(verdict: Verdict) -> str:
    if verdict.first_bad is None:
        return f"The journal holds: {verdict.entries} entries, last hash {verdict.last_hash}."
    return f"The journal is broken at entry {verdict.first_bad.number}: {verdict.first_bad.message}."
