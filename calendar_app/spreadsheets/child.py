"""A process of its own for every uploaded file: what it does to this one, it does to no other.

The parent hands the bytes over and gets JSON back. The child limits its own memory and time, knows no
database, no settings and no secrets, and ends with its file.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from calendar_app.spreadsheets import busy_events, packages
from calendar_app.spreadsheets.layouts import LAYOUTS
from calendar_app.spreadsheets.sheets import Found, read
from procedure.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 640 * 1024 * 1024
CPU_SECONDS = 20
WALL_SECONDS = 45.0
OUT_OF_MEMORY = 3


def read_file(content: bytes, name: str, layout: str) -> Found:
    """What a file holds, read by a child. Never raises for what is in the file."""
    is_calendar = layout == busy_events.LAYOUT
    if problem := busy_events.problem_of(content) if is_calendar else packages.problem_of(content, name):
        return Found(problems=[problem])
    command = [sys.executable, "-m", "calendar_app.spreadsheets.child", layout]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Found(problems=[Problem("file_too_heavy")])
    if done.returncode < 0 or done.returncode == OUT_OF_MEMORY:
        return Found(problems=[Problem("file_too_heavy")])
    if done.returncode:
        return Found(problems=[Problem("file_damaged")])
    return loaded(json.loads(done.stdout))


def dumped(found: Found) -> dict[str, Any]:
    """As JSON keeps it."""
    problems = [[one.code, dict(one.params)] for one in found.problems]
    return {"rows": found.rows, "problems": problems, "columns": found.columns}


def loaded(kept: dict[str, Any]) -> Found:
    """Back from JSON."""
    problems = [Problem(code, params) for code, params in kept["problems"]]
    return Found(kept["rows"], problems, kept["columns"])


def main(layout: str) -> int:
    """Read the file on standard input; an exit status other than 0 says that it could not be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        content = sys.stdin.buffer.read()
        is_calendar = layout == busy_events.LAYOUT
        found = busy_events.read_events(content) if is_calendar else read(content, LAYOUTS[layout])
        said = json.dumps(dumped(found))
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:  # whatever a broken file makes openpyxl raise
        sys.stderr.write(type(error).__name__)
        return 1
    sys.stdout.write(said)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
