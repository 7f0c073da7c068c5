"""`manage.py load_reference`: territories, bodies, posts and the day table, from the files of the portal."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from base import clock
from regions.reference import files
from regions.reference.load import load_reference
from regions.reference.territories import BrokenFileError


class Command(BaseCommand):
    help = "Load reference data. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which new territories exist and missing ones are closed",
        )
        parser.add_argument("--data", type=Path, default=files.DATA, help="a folder with newer data files")
        parser.add_argument(
            "--allow-large-closing",
            action="store_true",
            help="close territories even when more than one in twenty disappears",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_reference(
                now=clock.now(),
                at=options["at"],
                folder=options["data"],
                closing_allowed=options["allow_large_closing"],
            )
        except (BrokenFileError, FileNotFoundError) as error:
            raise CommandError(f"Nothing was loaded: {error}.") from error
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write("Loaded." if report.changed else "Nothing to change: the data are up to date.")
