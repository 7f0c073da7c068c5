"""How much of an uploaded file the server takes in, whatever is sent."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler

# Above every limit of a form, which says what is wrong; what comes after it is read and forgotten.
CUT_OFF = 24 * 1024 * 1024


class CutOffUploadHandler(FileUploadHandler):
    """Passes on the beginning of a file only, so that nobody fills the disk with one request."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start < CUT_OFF else None

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one make the file."""
