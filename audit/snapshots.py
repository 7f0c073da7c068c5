"""The fields of a row before and after, as the journal shows them."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

from audit.canonical import storable

# Values of these fields never reach the journal; that they changed does.
SECRET = re.compile(r"password|secret|token|recovery|otp|session|\bkey\b|_key$|^key_")
HIDDEN = "(hidden)"
LONGEST_VALUE = 2_000


def snapshot(row: models.Model) -> dict[str, Any]:
    """Column name → value of one row, without generated columns; secrets are kept only for comparing."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not isinstance(field, models.GeneratedField)
    }


def sets(row: models.Model) -> dict[str, Any]:
    """Many-to-many field → sorted keys of the rows it holds."""
    return {
        field.name: sorted(str(key) for key in getattr(row, field.name).values_list("pk", flat=True))
        for field in row._meta.many_to_many
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Field → [old, new] for the fields whose values differ; a missing side is None."""
    return {
        name: [_shown(name, before.get(name)), _shown(name, after.get(name))]
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }


def _shown(name: str, value: Any) -> Any:
    if value is None or value == "":
        return value
    if SECRET.search(name):
        return HIDDEN
    try:
        kept = storable(value)
    except TypeError:
        kept = storable(str(value))
    if isinstance(kept, str) and len(kept) > LONGEST_VALUE:
        return f"{kept[:LONGEST_VALUE]}… ({len(kept)})"
    return kept
