"""The portal's settings with the floor added: bare views beside the real addresses."""

from pathlib import Path

from meetings_portal.settings import *  # noqa: F403
from meetings_portal.settings import MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.counting.StatementCounter", *MIDDLEWARE]
TEMPLATES[0]["DIRS"].append(Path(__file__).with_name("templates"))
