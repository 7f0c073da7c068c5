"""manage.py load_demo: the demonstration, labelled as such everywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from base import clock
from calendar_app.demonstration import loader


class Command(BaseCommand):
    help = "Load the demonstration (demonstration mode only); a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO=0: this installation takes no demonstration data.")
        try:
            loaded = loader.load(password=settings.DEMO_PASSWORD, now=clock.now())
        except loader.NotEmptyError:
            raise CommandError("This database holds real work: the demonstration is not loaded.") from None
        self.stdout.write("The demonstration is loaded." if loaded else "The demonstration is there already.")
