"""Forms of imports: files in, and what becomes of what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, PortalForm
from base.names import in_language
from calendar_app.labels.imports import OF_LIST, ImportKind
from calendar_app.models import Import, ImportFile, Topic
from calendar_app.queries.imports import ReadTopic
from calendar_app.transitions.import_files import Upload
from procedure.imports import FILE_BYTES_LIMIT, JOIN, KEEP_ALL, Difference, mark_of
from procedure.look_alikes import Alike
from procedure.problems import Problem

KEEP, WHOLE_REGION = "", "-"
DISTRICT = re.compile(r"district-([1-9][0-9]{0,17})")


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files; one that is too large is passed on without its content."""

    widget = _ManyFiles(attrs={"multiple": True, "accept": ".xlsx"})

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not files:
            raise forms.ValidationError(_("Choose at least one file."), code="required")
        return [Upload(one.name, one.size, _content(one)) for one in files]


def _content(file: Any) -> bytes:
    return file.read() if file.size <= FILE_BYTES_LIMIT else b""


class UploadForm(ActForm):
    """Files of one kind. The key makes a repeated sending bring them in once."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in OF_LIST], widget=forms.HiddenInput)
    workbooks = _FilesField(label=_("Files in XLSX format"))

    @classmethod
    def of(cls, kind: ImportKind) -> UploadForm:
        form = cls(initial={"kind": kind}, auto_id=f"id_{kind}_%s")
        if kind == ImportKind.TRANSLATION:
            form.fields["workbooks"].label = gettext("Translated sheet in XLSX format")
        return form


class LastListForm(ActForm):
    """Topics of the last list, by key."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, topics: Sequence[Topic], **options: Any):
        super().__init__(data, **options)
        chosen = [(str(topic.pk), str(topic)) for topic in topics]
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Topics"),
            choices=chosen,
            required=False,
            error_messages={"invalid_choice": _("A topic that is not in the list was named.")},
        )

    @property
    def keys(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["topics"]]


class TakeForm(ActForm):
    """For each topic whether it comes in, for each file its district, for each group of look-alikes a decision."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, batch: Import, **options: Any) -> None:
        super().__init__(data, version=batch.version, **options)

    def ask(
        self,
        topics: Sequence[ReadTopic],
        files: Sequence[ImportFile],
        groups: Sequence[Alike],
        districts: Sequence[tuple[str, str]],
        known: Mapping[str, Any],
    ) -> None:
        """The questions of this import; to be called before the form is validated or shown."""
        self.topics, self.groups = topics, groups
        offered = [(KEEP, _("Choose")), (WHOLE_REGION, _("The whole region")), *districts]
        for file in files:
            if file.lacks_district:
                self.fields[f"district-{file.pk}"] = forms.ChoiceField(
                    label=gettext("District of “%(file)s”") % {"file": file.name},
                    choices=offered,
                    initial=file.district_id or KEEP,
                    error_messages={"required": _("Choose the district of this file.")},
                )
        for group in groups:
            self.fields[f"same-{group.key}"] = forms.ChoiceField(
                label=_("What becomes of these topics"),
                choices=_decisions(group, known),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what becomes of these topics.")},
            )
        for topic in topics:
            self.fields[f"take-{topic.key}"] = forms.BooleanField(
                label=gettext("Take in"), required=False, initial=True
            )

    def show(self, problems: Iterable[Problem]) -> None:
        """Beside the box that a problem names: "same.f1-2+f1-3" is the box `same-f1-2+f1-3`."""
        super().show(replace(one, field=one.field.replace(".", "-", 1)) for one in problems)

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "left_out": [one.key for one in self.topics if not data.get(f"take-{one.key}")],
            "districts": {
                int(match[1]): data[name].replace(WHOLE_REGION, "")
                for name in self.fields
                if (match := DISTRICT.fullmatch(name))
            },
            "decisions": {group.key: data[f"same-{group.key}"] for group in self.groups},
        }


def _decisions(group: Alike, known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A topic that the list has already is never given up for another."""
    first = group.members[0]
    kept = [first] if first in known else list(group.members)
    letters = {key: chr(ord("A") + place) for place, key in enumerate(group.members)}
    keep = [(key, gettext("Keep only %(letter)s") % {"letter": letters[key]}) for key in kept]
    return [
        (JOIN, gettext("Join the texts into one topic")),
        *keep,
        (KEEP_ALL, gettext("Keep all: they are different topics")),
    ]


class TakeTranslationForm(ActForm):
    """For each difference whether the sheet's text is taken; its value is the mark of the text it replaces."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        batch: Import,
        found: Sequence[Difference] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, version=batch.version, **options)
        self.found = found
        self.sent = dict(data.items()) if data is not None else {}

    def words(self) -> dict[str, Any]:
        """Differences that were ticked, each with the mark that the page showed."""
        ticked = {name[5:]: value for name, value in self.sent.items() if name.startswith("text-")}
        return {"chosen": ticked}

    @property
    def boxes(self) -> list[tuple[Difference, str, bool]]:
        """(difference, mark of what it replaces, whether it is ticked); a conflict is not, to begin with."""
        return [
            (
                one,
                mark_of(one.before),
                f"text-{one.key}" in self.sent if self.is_bound else not one.conflict,
            )
            for one in self.found
        ]


class FilesForm(PortalForm):
    """More files for an import."""

    workbooks = _FilesField(label=_("Corrected or further files"))


def district_choices(districts: Iterable[Any]) -> list[tuple[str, str]]:
    return [(one.pk, in_language(one)) for one in districts]
