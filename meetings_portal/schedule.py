"""What Celery's beat starts, and when, in Almaty: work is found in rows, so a missed or doubled start does no harm."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver-letters": {"task": "notices.tasks.sweep", "schedule": 60.0, "options": {"expires": 55}},
    "keep-deadlines": {
        "task": "calendar_app.tasks.keep_deadlines",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "read-imports": {
        "task": "calendar_app.tasks.sweep_imports",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "forget-imports": {
        "task": "calendar_app.tasks.forget_imports",
        "schedule": crontab(hour="3", minute="30"),
    },
    "forget-letters": {"task": "notices.tasks.forget", "schedule": crontab(hour="3", minute="40")},
    "clear-sessions": {"task": "accounts.tasks.clear_sessions", "schedule": crontab(hour="3", minute="10")},
    "clear-unsaved-words": {
        "task": "calendar_app.tasks.clear_unsaved_words",
        "schedule": crontab(hour="3", minute="25"),
    },
    "clear-forms": {
        "task": "calendar_app.tasks.clear_handled_forms",
        "schedule": crontab(hour="3", minute="20"),
    },
}
