"""Typed readers of the environment: the only place that looks at os.environ."""

from __future__ import annotations

import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def state_dir() -> Path:
    """Directory of everything this installation keeps outside the database (STATE_DIR, else var/)."""
    return Path(env.str("STATE_DIR", default=str(BASE_DIR / "var"))).resolve()


def secret_key() -> str:
    """The signing key: SECRET_KEY, else one generated once and kept in the state directory."""
    given = env.str("SECRET_KEY", default="")
    if given:
        return given
    path = state_dir() / "secret_key"
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    key = secrets.token_urlsafe(64)
    path.write_text(key)
    return key
