"""Gunicorn's settings for `make run` and for the container: `-c python:meetings_portal.web_server`."""

import os

# The supervisor owns the socket: while a killed server starts again, callers wait instead of being refused.
_inherited = os.environ.get("WEB_SOCKET")
bind = (
    f"fd://{_inherited}"
    if _inherited
    else f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
)
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
# Its default path is one for every project of a user.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
timeout = 60
graceful_timeout = 10
logger_class = "meetings_portal.access_log.AccessLog"
accesslog = "-" if os.environ.get("ACCESS_LOG") else None
