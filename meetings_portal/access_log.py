"""Gunicorn's access log without what opens something: see base.sealed_links."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from base.log_filters import WithoutTokens
from base.sealed_links import without_tokens


class AccessLog(Logger):
    """As gunicorn writes it, with tokens cut out of request line, path and referrer; of errors likewise."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(WithoutTokens())

    def atoms(self, *args: Any, **options: Any) -> dict[str, Any]:
        found = super().atoms(*args, **options)
        return {
            name: without_tokens(value) if isinstance(value, str) else value for name, value in found.items()
        }
