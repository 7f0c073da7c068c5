"""Lines of iCalendar (RFC 5545): escaped, folded at 75 bytes, never inside a letter."""

from __future__ import annotations

from collections.abc import Iterable

# Bytes of a line, its CRLF not counted.
LINE = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def escaped(text: str) -> str:
    """A text as the value of a property."""
    return text.translate(_ESCAPES)


def folded(line: str) -> str:
    """The line in pieces that a reader joins again."""
    pieces, room = [b""], LINE
    for letter in line:
        encoded = letter.encode()
        if len(pieces[-1]) + len(encoded) > room:
            pieces.append(b"")
            room = LINE - 1
        pieces[-1] += encoded
    return "\r\n ".join(piece.decode() for piece in pieces)


def joined(lines: Iterable[str]) -> str:
    """The lines as a file."""
    return "".join(f"{folded(line)}\r\n" for line in lines)
