"""Typed readers of the environment, for settings."""

from __future__ import annotations

import environ

from meetings_portal.state import secret, state_dir

env = environ.Env()


def secret_key() -> str:
    """The signing key: SECRET_KEY, else one generated once and kept in the state directory."""
    given = env.str("SECRET_KEY", default="")
    if given:
        return given
    state_dir().mkdir(parents=True, exist_ok=True)
    return secret(state_dir() / "secret_key", 64)
