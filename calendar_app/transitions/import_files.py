"""Acts on the files of an import: bring them in, add and remove some, drop all. None changes the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import Refused, Stale
from calendar_app.labels.imports import ImportState
from calendar_app.models import Import, ImportFile, TopicList
from calendar_app.transitions import steps
from notices.nudge import Nudge
from procedure.imports import FILE_BYTES_LIMIT, FILES_LIMIT
from procedure.problems import Problem
from procedure.workflows import IMPORT

# Tells a worker that something waits; the sweep finds it in any case.
nudge = Nudge("calendar_app.tasks.read_imports", waiting="imports")


NAME_LIMIT = 200


@dataclass(frozen=True)
class Upload:
    """A file as it came; the content of one that is too large is not kept."""

    name: str
    size: int
    content: bytes = b""


@transaction.atomic
def upload(*, topic_list: TopicList, kind: str, files: Sequence[Upload], by: User, now: datetime) -> Import:
    """Keep the files until a worker has read them. Raises NotPermitted, and Refused when there are too many."""
    locked, actor = lock_list(topic_list, by, now)
    refuse_too_many(files)
    one = Import.objects.create(topic_list=locked, kind=kind, made_by=by, made_at=now)
    keep(one, files)
    steps.record("upload", locked, actor, now, {"files": [0, len(files)]})
    transaction.on_commit(nudge, robust=True)
    return one


@transaction.atomic
def add_files(*, batch: Import, files: Sequence[Upload], by: User, now: datetime, version: int) -> Import:
    """Bring further or corrected files into an import; those that were read stay read.

    A file takes the place of an earlier one of the same name: it is the same file, corrected.
    """
    locked, actor = lock_list(batch.own_list, by, now)
    one = lock_import(batch, "change", version)
    earlier = one.files.filter(name__in=[file.name[:NAME_LIMIT] for file in files])
    replaced = earlier.count()
    refuse_too_many(files, one.files.count() - replaced)
    earlier.delete()
    keep(one, files)
    _wait_again(one)
    steps.record("upload", locked, actor, now, {"files": [replaced, len(files)]})
    return one


@transaction.atomic
def remove_file(*, batch: Import, file: ImportFile, by: User, now: datetime, version: int) -> Import:
    """Take a file out of an import, with everything that was read of it; the last one drops the import."""
    locked, _actor = lock_list(batch.own_list, by, now)
    one = lock_import(batch, "change", version)
    one.files.filter(pk=file.pk).delete()
    if one.files.exists():
        _wait_again(one)
    else:
        settle(one, ImportState.DROPPED, now)
    steps.record("remove_file", locked, _actor, now, {"files": [1, 0]})
    return one


@transaction.atomic
def drop(*, batch: Import, by: User, now: datetime, version: int) -> Import:
    """Forget the import: nothing of it comes into the list, and nothing of its files is kept."""
    locked, actor = lock_list(batch.own_list, by, now, editable=False)
    one = lock_import(batch, "drop", version)
    count = one.files.count()
    settle(one, ImportState.DROPPED, now)
    steps.record("drop_import", locked, actor, now, {"files": [count, 0]})
    return one


def lock_list(
    topic_list: TopicList, by: User, now: datetime, *, editable: bool = True
) -> tuple[TopicList, Actor]:
    """Permission, row lock, and whether the list may be changed. Imports follow the list in locking."""
    actor = access.check(by, Permission.TOPIC_LIST_WRITE, topic_list.akimat, now)
    rows = TopicList.objects.select_related("akimat").select_for_update(of=("self",))
    locked = rows.get(pk=topic_list.pk)
    if editable and not locked.is_editable:
        raise Refused([Problem("topic_list_not_editable", {"state": locked.state})])
    return locked, actor


def lock_import(batch: Import, act: str, version: int) -> Import:
    """Row lock, the state from which the act leads, and nobody else decided meanwhile."""
    locked = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.version != version or isinstance(IMPORT.target(act, locked.state), Problem):
        raise Stale
    return locked


def settle(one: Import, state: ImportState, now: datetime) -> None:
    """Close the import for good and erase everything that came with it."""
    one.files.all().delete()
    _save(one, state=state, settled_at=now, claimed_at=None)


def _wait_again(one: Import) -> None:
    _save(one, state=ImportState.UPLOADED)
    transaction.on_commit(nudge, robust=True)


def _save(one: Import, **values: Any) -> None:
    one.version += 1
    for name, value in values.items():
        setattr(one, name, value)
    one.save(update_fields=["version", *values])


def refuse_too_many(files: Sequence[Upload], present: int = 0) -> None:
    """Raise Refused for none, or for more than an import holds."""
    if not files or len(files) + present > FILES_LIMIT:
        code = "too_many_files" if files else "no_files"
        raise Refused([Problem(code, {"limit": FILES_LIMIT}, "workbooks")])


def keep(one: Import, files: Sequence[Upload]) -> None:
    """Keep the files until a worker has read them."""
    ImportFile.objects.bulk_create(_row(one, file) for file in files)


def _row(one: Import, file: Upload) -> ImportFile:
    if file.size <= FILE_BYTES_LIMIT:
        return ImportFile(batch=one, name=file.name[:NAME_LIMIT], content=file.content)
    limit = FILE_BYTES_LIMIT // (1024 * 1024)
    faults = [["file_too_large", {"limit": limit}]]
    return ImportFile(batch=one, name=file.name[:NAME_LIMIT], is_read=True, faults=faults)
