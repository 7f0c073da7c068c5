"""What the place search finds while one types: a part of a page."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, signed_in
from base.clock import today
from regions.places import PlacePicker

NAME = re.compile(r"[a-z_]{1,30}")
CODE = re.compile(r"[0-9]{9}")


@require_safe
@signed_in
def places(request: StaffRequest) -> HttpResponse:
    """Radio buttons named `name` for places of `region` that `<name>_q` finds, the chosen one first."""
    asked = request.GET
    name = asked.get("name", "")
    name = name if NAME.fullmatch(name) else "place"
    picker = PlacePicker(
        name=name,
        code=code_of(asked.get(name)),
        typed=(asked.get(f"{name}_q") or "").replace("\x00", "")[:200],
        region=code_of(asked.get("region")),
        on=today(),
        language=get_language() or "kk",
        searched=True,
    )
    return render(request, "regions/_places_found.html", {"picker": picker})


def code_of(value: str | None) -> str:
    """A КАТО code as it came, or nothing for what is none."""
    return value if value and CODE.fullmatch(value) else ""
