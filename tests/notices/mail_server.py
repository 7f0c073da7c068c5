"""A mail server in a process of its own, which misbehaves as the recipient's name tells it.

Started as `python -m tests.notices.mail_server PORT FOLDER`. Every message that it accepts becomes a file in
FOLDER/accepted. The name before the @ decides: refuse… 550, later… 451, full… 552 after the text, closes…
hangs up at RCPT, vanishes… accepts and hangs up before it says so, slow… answers after a while. While
FOLDER/hold_before or FOLDER/hold_after exists it stops before or after accepting a message, and says so by
FOLDER/held.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

SLOW_SECONDS = 1.5


class Handler:
    """Answers by the name of the recipient."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address.startswith("refuse"):
            return "550 5.1.1 no such user"
        if address.startswith("later"):
            return "451 4.7.1 come back later"
        if address.startswith("closes"):
            server.transport.abort()
        if address.startswith("slow"):
            await asyncio.sleep(SLOW_SECONDS)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if envelope.rcpt_tos[0].startswith("full"):
            return "552 5.2.2 mailbox full"
        if await self.held("hold_before"):
            return "451 4.3.0 held"
        content = envelope.original_content or b""
        name = f"{next(self.numbers):05d}.eml"
        (self.folder / "new" / name).write_bytes(content)
        (self.folder / "new" / name).rename(self.folder / "accepted" / name)
        if envelope.rcpt_tos[0].startswith("vanishes"):
            server.transport.abort()
        await self.held("hold_after")
        return "250 OK"

    async def held(self, name: str) -> bool:
        """Wait while the file of that name is there; whether it was."""
        if not (self.folder / name).exists():
            return False
        (self.folder / "held").touch()
        while (self.folder / name).exists():
            await asyncio.sleep(0.02)
        return True


async def serve(port: int, folder: Path) -> None:
    """Serve on the loopback until the process ends."""
    for name in "new", "accepted":
        (folder / name).mkdir(parents=True, exist_ok=True)
    loop = asyncio.get_running_loop()
    handler = Handler(folder)
    server = await loop.create_server(lambda: SMTP(handler, hostname="mail.test"), "127.0.0.1", port)
    (folder / "ready").touch()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
