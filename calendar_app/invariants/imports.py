"""What must hold of imports at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendar_app.labels.imports import SETTLED, ImportState
from calendar_app.models import Import, ImportFile

Check = Callable[[], Iterator[str]]

GUARDS = (("calendar_app_import", "import_edges"), ("calendar_app_importfile", "import_file_open"))


def settled_imports_keep_no_files() -> Iterator[str]:
    """What was taken or dropped is erased: neither bytes nor words of its files are left."""
    for one in Import.objects.filter(state__in=SETTLED, files__isnull=False).distinct():
        yield f"import {one.pk}: {one.state}, but its files are still there"


def read_imports_have_read_files_without_errors() -> Iterator[str]:
    """Only what was read whole and without errors may be taken."""
    unfit = ImportFile.objects.filter(batch__state=ImportState.READ).exclude(is_read=True, faults=[])
    for one in unfit.select_related("batch"):
        yield f"import {one.batch_id}: read, but file {one.pk} was not read or has errors"


CHECKS: tuple[Check, ...] = (settled_imports_keep_no_files, read_imports_have_read_files_without_errors)
