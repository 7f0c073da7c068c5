"""How much of an uploaded file the server takes in, whatever is sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# Above every limit of a form, which says what is wrong; what comes after it is read and forgotten.
CUT_OFF = 24 * 1024 * 1024
# Thirty files of districts at their largest, and what surrounds them.
WHOLE_REQUEST = 160 * 1024 * 1024


class CutOffUploadHandler(FileUploadHandler):
    """Passes on the beginning of a file only, so that nobody fills the disk with one request."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - named by Django
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a request that is larger than any form: a 400 page that says so."""
        if content_length > WHOLE_REQUEST:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start < CUT_OFF else None

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one make the file."""
