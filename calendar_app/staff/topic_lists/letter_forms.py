"""The fields in which a signed letter is recorded: number, date, signatory, post and file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from base.forms import ShortText
from base.wording import sentence
from calendar_app.staff.topic_lists.forms import SubmitForm
from calendar_app.transitions.signed_letters import NewLetter, problems_of_file
from procedure.signed_letters import FILE_LIMIT, NAME_LIMIT, NUMBER_LIMIT, LetterHead

# What the file dialog offers; what the file really is decides its content.
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.asice,.sce,.ddoc,.cms,.p7s,.p7m"
LETTER_FIELDS = ("number", "day", "signatory", "post", "file")


class LetterFile(forms.FileField):
    """The file of a letter, judged by its content."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """The bytes of the file; no more than can be judged is read into memory."""
        upload = super().clean(data, initial)
        content: bytes = upload.read(FILE_LIMIT + 1)
        for problem in problems_of_file(content):
            raise ValidationError(sentence(problem), problem.code)
        return content


class LetterFieldsMixin(forms.Form):
    """What is recorded of a letter, as fields of the form of the act that rests on it."""

    number = ShortText(label=_("Number of the letter"), limit=NUMBER_LIMIT)
    day = forms.DateField(
        label=_("Date of the letter"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please write the date as day, month and year: 01.12.2026.")},
    )
    signatory = ShortText(
        label=_("Who signed"), limit=NAME_LIMIT, help_text=_("Surname and initials, as in the letter.")
    )
    post = ShortText(label=_("Post of the person who signed"), limit=NAME_LIMIT)
    file = LetterFile(
        label=_("File of the letter"),
        help_text=_("PDF, JPEG, PNG, DOCX, ASiC-E, DDOC or CMS, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"empty": _("The file is empty. Please choose another one.")},
    )

    @staticmethod
    def letter_words(words: dict[str, Any], received_at: datetime | None = None) -> dict[str, Any]:
        """The words of the act: one letter instead of its fields."""
        said = {name: words.pop(name) for name in LETTER_FIELDS}
        head = LetterHead(said["number"], said["day"], said["signatory"], said["post"], received_at)
        return {**words, "letter": NewLetter(head, said["file"])}

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LETTER_FIELDS]

    @property
    def lost_its_file(self) -> bool:
        """Whether a file was sent that the page cannot offer again: browsers do not allow it."""
        return self.is_bound and bool(self.files)


class SubmitWithLetterForm(LetterFieldsMixin, SubmitForm):
    """Submission by a person without the signing right, with the letter that carries the signature."""

    asks_letter = True

    def words(self) -> dict[str, Any]:
        return self.letter_words(super().words())
