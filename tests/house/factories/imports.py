"""Imports of the asking akimat and of another one, read already."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from base import clock
from calendar_app.models import Import
from calendar_app.transitions import import_claims, import_files
from calendar_app.transitions.import_files import Upload
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People
from tests.house.factories import topic_lists


def read_import(people: People, *, with_file: bool = False, **form: str) -> Objects:
    """A topic that stands in a file only, in an import of each akimat."""
    return Objects(*(_target(people, code, with_file, form) for code in (OWN, FOREIGN)))


def upload(people: People) -> Objects:
    """A list and a form that came without files."""
    return topic_lists.in_state("draft", people, kind="topics")


def _target(people: People, code: str, with_file: bool, form: dict[str, str]) -> Target:
    topic_list = topic_lists.make("draft", people, code)
    words, by = f"Imported-by-{code}", people.makers[code]
    batch = import_files.upload(
        topic_list=topic_list, kind="topics", files=[Upload("a.xlsx", 1, b"x")], by=by, now=clock.now()
    )
    (file,) = batch.files.all()
    claimed = import_claims.claim_next()
    assert claimed == batch
    row = {"sheet": "Topics", "row": 2, "title_kk": words, "district": topic_list.akimat.region_id}
    import_claims.keep_file(claimed, file, rows=[row], problems=[])
    import_claims.close(claimed)
    version = Import.objects.get(pk=batch.pk).version
    key = f"take-f{file.pk}-1"
    path = {"half_year": topic_list.half_year, "akimat": code, "pk": batch.pk}
    return Target(
        path=path | ({"file": file.pk} if with_file else {}),
        form={"version": version, "idempotency_key": str(uuid.uuid4()), key: "on", **form},
        others={"pk": batch.pk, "batch": batch.pk, "topic_list": topic_list.pk, "file": file.pk},
        canary=words,
        kept=partial(_kept, batch.pk),
    )


def _kept(pk: int) -> object:
    return list(Import.objects.filter(pk=pk).values()), list(
        Import.objects.filter(pk=pk).order_by("files").values("files", "topic_list__version")
    )


MAKERS: dict[str, Callable[[People], Objects]] = {
    "import": read_import,
    "import_file": partial(read_import, with_file=True),
    "upload": upload,
    "last_list": partial(topic_lists.in_state, "draft"),
}
