"""What never stands in a log: the secret part of an address."""

from __future__ import annotations

import logging

from base.sealed_links import without_tokens


class WithoutTokens(logging.Filter):
    """Cut tokens out of a record's words before anybody writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = without_tokens(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: _cut(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(_cut(value) for value in record.args)
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_tokens(record.exc_text)
        return True


def _cut(value: object) -> object:
    return without_tokens(value) if isinstance(value, str) else value
