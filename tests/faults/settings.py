"""The portal's settings with a beat that ticks each second, so that a run need not wait for minutes."""

from meetings_portal.settings import *  # noqa: F403
from meetings_portal.settings import CELERY_BEAT_SCHEDULE

for _entry in CELERY_BEAT_SCHEDULE.values():
    if isinstance(_entry["schedule"], float):
        _entry["schedule"] = 1.0
