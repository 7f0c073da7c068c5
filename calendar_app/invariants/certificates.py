"""What must hold of certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendar_app.models import Certificate
from calendar_app.snapshots import sha256_of

Check = Callable[[], Iterator[str]]

# Triggers of this noun: (table, trigger).
GUARDS = tuple(("calendar_app_certificate", f"certificate_{kept}") for kept in ("frozen", "not_emptied"))


def certificates_have_their_hash() -> Iterator[str]:
    """The hash printed on a certificate is that of its content, which names the number it bears."""
    for one in Certificate.objects.iterator(chunk_size=200):
        if sha256_of(one.content) != one.sha256 or one.read["number"] != one.number:
            yield f"certificate {one.number}: the content is not the one that was issued"


CHECKS: tuple[Check, ...] = (certificates_have_their_hash,)
