"""Bodies, posts and default hours: added when missing, never altered, because people edit them here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from regions.models import Body, Post, WorkingHours
from regions.reference import files
from regions.reference.report import Report

ASSUMED_HOURS = "assumed for the whole country: 40 hours, five days"


def load(report: Report, *, folder: Path) -> None:
    """Add the bodies, the posts of their heads and the country's default hours that are missing."""
    bodies = [_body(row) for row in files.rows("bodies.csv", folder)]
    _add_missing(report, "bodies", Body, bodies)
    posts = [
        Post(code=row.pop("code"), body_id=row.pop("body"), **row) for row in files.rows("posts.csv", folder)
    ]
    _add_missing(report, "posts", Post, posts)
    _load_default_hours(report, folder)


def _body(row: dict[str, Any]) -> Body:
    body = Body(
        region_id=row.pop("region") or None,
        performed_by_id=row.pop("performed_by") or None,
        **row,
    )
    if settings.DEMO:
        # Invented addresses under a name that can never receive mail; an installation enters its own.
        body.official_email = f"{body.code}@portal.example"
        body.head_email = f"head.{body.code}@portal.example"
    return body


def _add_missing(report: Report, table: str, model: type[models.Model], rows: list[Any]) -> None:
    known = set(model._default_manager.values_list("pk", flat=True))
    new = [row for row in rows if row.pk not in known]
    model._default_manager.bulk_create(new)
    report.count(table, added=len(new), kept=len(rows) - len(new))


def _load_default_hours(report: Report, folder: Path) -> None:
    """The default stands until somebody enters another one: then this leaves it alone."""
    if WorkingHours.objects.filter(body=None, territory=None).exists():
        return
    rows = [WorkingHours(source=ASSUMED_HOURS, **row) for row in files.rows("working_hours.csv", folder)]
    WorkingHours.objects.bulk_create(rows)
    report.count("working hours", added=len(rows))
